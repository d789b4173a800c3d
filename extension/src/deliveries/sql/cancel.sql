-- $1 tenants, $2 ids, $3 why.
with chosen as materialized (
    select delivery.tenant_id, delivery.id
    from cs.webhook_queue as delivery
    join unnest($1::uuid[], $2::uuid[]) as wanted (tenant_id, id)
        on wanted.tenant_id = delivery.tenant_id and wanted.id = delivery.id
    where delivery.status in ('pending', 'processing')
    order by delivery.tenant_id, delivery.id
    for no key update of delivery
)
update cs.webhook_queue as delivery
set status = 'failed', claim_token = null, held = null, processed_at = clock_timestamp(), last_error = $3
from chosen
where delivery.tenant_id = chosen.tenant_id and delivery.id = chosen.id
returning delivery.id
