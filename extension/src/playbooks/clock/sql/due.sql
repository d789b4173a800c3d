-- $1 only this tenant, or NULL, $2 kinds of event looked for every minute, $3 every day.
select playbook.tenant_id, playbook.id, playbook.event_kind = any ($2) as is_minutely
from cs.playbooks as playbook
join cs.tenants as tenant on tenant.id = playbook.tenant_id
left join cs.playbook_passes as pass on pass.tenant_id = playbook.tenant_id and pass.playbook_id = playbook.id
where playbook.is_active
    and playbook.paused_at is null
    and playbook.deleted_at is null
    and tenant.is_active
    and ($1::uuid is null or playbook.tenant_id = $1)
    and case
        when playbook.event_kind = any ($2) then true
        when playbook.event_kind = any ($3) then coalesce(pass.passed_on < cs.local_day(tenant.settings, now()), true)
        when playbook.event_kind = 'schedule' then
            pass.moment is not null
            or pass.next_at <= now()
            or pass.zone is distinct from cs.time_zone(tenant.settings)
        else false
    end
order by playbook.tenant_id, playbook.id
