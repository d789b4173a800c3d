with due as (
    select tenant.id as tenant_id, pass.passed_up_to
    from cs.tenants as tenant
    left join cs.health_passes as pass on pass.tenant_id = tenant.id
    where tenant.is_active
        and (
            pass.passed_on is null
            or pass.passed_on < (now() at time zone coalesce(tenant.settings ->> 'time_zone', 'UTC'))::date
        )
    order by pass.passed_up_to is null, tenant.id
    limit 1
), slice as (
    select account.id
    from due
    join cs.accounts as account
        on account.tenant_id = due.tenant_id and (due.passed_up_to is null or account.id > due.passed_up_to)
    order by account.id
    limit $1
)
insert into cs.health_passes (tenant_id, passed_up_to)
select due.tenant_id, (select max(slice.id::text)::uuid from slice)
from due
on conflict (tenant_id) do update set passed_up_to = excluded.passed_up_to
