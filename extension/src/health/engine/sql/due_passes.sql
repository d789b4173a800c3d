-- $1 only this tenant, or NULL
select tenant.id
from cs.tenants as tenant
left join cs.health_passes as pass on pass.tenant_id = tenant.id
where tenant.is_active
    and ($1::uuid is null or tenant.id = $1)
    and (pass.passed_on is null or pass.passed_on < cs.local_day(tenant.settings, now()))
order by pass.passed_up_to is null, tenant.id
