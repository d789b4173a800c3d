-- $1 kinds of event.
select playbook.tenant_id, playbook.id, playbook.version, playbook.xmin::text::bigint as written_by
from cs.playbooks as playbook
where playbook.is_active
    and playbook.paused_at is null
    and playbook.deleted_at is null
    and playbook.event_kind = any ($1)
    and playbook.tenant_id = any (array(
        select tenant.id
        from cs.tenants as tenant
        where tenant.is_active and tenant.id = any (array(select distinct tenant_id from new_rows))
    ))
order by playbook.tenant_id, playbook.id
