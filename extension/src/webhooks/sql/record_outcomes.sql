-- Fenced by the end and the token alone: asking for the status too would draw in dead rows while an old snapshot is open.
-- $12 token of this worker
with result as (
    select *
    from unnest(
        $1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::bigint[], $6::integer[], $7::text[], $8::text[], $9::integer[],
        $10::uuid[], $11::integer[]
    ) as it (
        tenant_id, id, attempts, status, wait_ms, response_status, response_body, last_error, duration_ms, attempt_id, attempt
    )
), recorded as (
    update cs.webhook_queue as delivery
    set status = result.status::cs.webhook_status,
        attempts = result.attempts,
        run_at = case
            when result.status = 'pending' then clock_timestamp() + result.wait_ms * interval '1 millisecond'
            else delivery.run_at
        end,
        claim_token = null,
        response_status = result.response_status,
        response_body = nullif(result.response_body, ''),
        last_error = result.last_error,
        duration_ms = result.duration_ms,
        processed_at = case when result.status <> 'pending' then clock_timestamp() end
    from result
    where delivery.tenant_id = result.tenant_id
        and delivery.id = result.id
        and delivery.processed_at is null
        and delivery.claim_token is not distinct from case when delivery.claim_token is not null then $12::uuid end
)
insert into cs.webhook_attempts (
    tenant_id, id, delivery_id, account_id, attempt, response_status, response_body, error, duration_ms
)
select
    result.tenant_id, result.attempt_id, result.id, delivery.account_id, result.attempt, result.response_status,
    nullif(result.response_body, ''), result.last_error, result.duration_ms
from result
join cs.webhook_queue as delivery on delivery.tenant_id = result.tenant_id and delivery.id = result.id
where result.attempt_id is not null
