-- $1 tenant, $2 playbook: what it waits for, as long as it does.
select playbook.trigger_criteria
from cs.playbooks as playbook
join cs.tenants as tenant on tenant.id = playbook.tenant_id
where playbook.tenant_id = $1
    and playbook.id = $2
    and playbook.is_active
    and playbook.paused_at is null
    and playbook.deleted_at is null
    and tenant.is_active
