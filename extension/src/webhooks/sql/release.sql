-- What a playbook or a tenant held that is switched on again goes on; what belongs to a deleted playbook ends, also where it is not
-- yet due. $1 at most so many, $2 whether to look at playbooks that were deleted long ago, too.
with free as (
    select held.tenant_id, held.id, playbook.deleted_at is not null as is_deleted
    from cs.playbooks as playbook
    join cs.tenants as tenant on tenant.id = playbook.tenant_id
    cross join lateral (
        select queued.tenant_id, queued.id
        from cs.webhook_queue as queued
        where queued.held is not null
            and (queued.held in ('playbook', 'tenant') or playbook.deleted_at is not null)
            and queued.tenant_id = playbook.tenant_id
            and queued.playbook_id = playbook.id
        union all
        select queued.tenant_id, queued.id
        from cs.webhook_queue as queued
        where playbook.deleted_at is not null
            and ($2 or playbook.deleted_at > now() - interval '10 minutes')
            and queued.held is null
            and queued.status = 'pending'
            and queued.tenant_id = playbook.tenant_id
            and queued.playbook_id = playbook.id
        limit $1
    ) as held
    where playbook.deleted_at is not null
        or playbook.is_active and playbook.paused_at is null and tenant.is_active
    limit $1
)
update cs.webhook_queue as delivery
set status = case when free.is_deleted then 'failed' else 'pending' end::cs.webhook_status,
    held = case when delivery.is_ordered and not free.is_deleted then 'order' end,
    processed_at = case when free.is_deleted then clock_timestamp() end,
    last_error = case when free.is_deleted then 'the playbook was deleted' else delivery.last_error end
from free
where delivery.tenant_id = free.tenant_id and delivery.id = free.id and delivery.status = 'pending'
