-- $1 tenants, $2 ids, $3 new payloads, or NULL, $4 hosts they go to now, or NULL. What waits already is only made due. A try that
-- arrived is kept with the others before its place is needed.
with wanted as (
    select *
    from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as it (tenant_id, id, payload, host)
), chosen as materialized (
    select delivery.*, wanted.payload as new_payload, wanted.host as new_host
    from cs.webhook_queue as delivery
    join wanted on wanted.tenant_id = delivery.tenant_id and wanted.id = delivery.id
    where delivery.status <> 'processing'
    order by delivery.tenant_id, delivery.id
    for no key update of delivery
), kept as (
    insert into cs.webhook_attempts (
        tenant_id, delivery_id, account_id, attempt, tried_at, response_status, response_body, error, duration_ms
    )
    select tenant_id, id, account_id, attempts, processed_at, response_status, response_body, last_error, duration_ms
    from chosen
    where status = 'completed'
)
update cs.webhook_queue as delivery
set status = 'pending',
    run_at = clock_timestamp(),
    payload = coalesce(chosen.new_payload::jsonb, delivery.payload),
    host = coalesce(chosen.new_host, delivery.host),
    attempts = case when chosen.status = 'pending' then delivery.attempts else 0 end,
    held = case when chosen.status = 'pending' then delivery.held when delivery.is_ordered then 'order' end,
    response_status = case when chosen.status = 'pending' then delivery.response_status end,
    response_body = case when chosen.status = 'pending' then delivery.response_body end,
    last_error = case when chosen.status = 'pending' then delivery.last_error end,
    duration_ms = case when chosen.status = 'pending' then delivery.duration_ms end,
    processed_at = null
from chosen
where delivery.tenant_id = chosen.tenant_id and delivery.id = chosen.id
returning delivery.id
