-- $1 tenant: what its playbooks wait for.
select distinct playbook.event_kind, playbook.event_stage
from cs.playbooks as playbook
join cs.tenants as tenant on tenant.id = playbook.tenant_id and tenant.is_active
where playbook.tenant_id = $1
    and playbook.is_active
    and playbook.paused_at is null
    and playbook.deleted_at is null
