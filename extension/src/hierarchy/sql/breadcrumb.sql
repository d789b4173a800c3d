-- $1 tenant, $2 path.
select id, name
from (
    select tenant.id, tenant.name, -1 as level
    from cs.tenants as tenant
    where tenant.id = $1
    union all
    select account.id, account.name, account.hierarchy_level
    from cs.accounts as account
    where account.tenant_id = $1 and account.id = any (string_to_array($2, '/')::uuid[])
) as step
order by level
