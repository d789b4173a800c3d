with free as (
    select tenant_id, id
    from cs.playbooks
    where tenant_id = $1 and id = $2
    for no key update skip locked
), switched as (
    update cs.playbooks as playbook
    set is_active = false
    from free
    where playbook.tenant_id = free.tenant_id and playbook.id = free.id and playbook.is_active
)
select not exists (select from free) and exists (select from cs.playbooks where tenant_id = $1 and id = $2) as is_held
