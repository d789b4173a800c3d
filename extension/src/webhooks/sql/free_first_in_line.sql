-- Of each account the first delivery of each ordered playbook, where none before it is still to end.
with first as (
    select distinct on (queued.tenant_id, queued.playbook_id, queued.account_id)
        queued.tenant_id, queued.id, queued.playbook_id, queued.account_id
    from cs.webhook_queue as queued
    where queued.held is not null and queued.held in ('order', 'playbook', 'tenant', 'copy') and queued.is_ordered
    order by queued.tenant_id, queued.playbook_id, queued.account_id, queued.sequence, queued.id
)
update cs.webhook_queue as delivery
set held = null
from first
where delivery.tenant_id = first.tenant_id
    and delivery.id = first.id
    and delivery.held = 'order'
    and not exists (
        select
        from cs.webhook_queue as before
        where before.tenant_id = first.tenant_id
            and before.account_id = first.account_id
            and before.playbook_id = first.playbook_id
            and before.processed_at is null
            and before.held is null
    )
