-- Fenced by the claim's token alone: asking for the status too would draw in dead rows while an old snapshot is open.
update cs.webhook_queue as delivery
set status = result.status::cs.webhook_status,
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
from unnest(
    $1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::integer[], $7::text[], $8::text[], $9::integer[]
) as result (
    tenant_id, id, token, status, wait_ms, response_status, response_body, last_error, duration_ms
)
where delivery.tenant_id = result.tenant_id and delivery.id = result.id and delivery.claim_token = result.token
