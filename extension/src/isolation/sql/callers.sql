-- $1 slug of their own tenant, $2 of the other.
select
    profile.role::text as role,
    profile.user_id::text as user_id,
    profile.tenant_id::text as tenant_id,
    concat_ws(
        '|', other.id, $2,
        (
            select colleagues.id
            from cs.accounts as colleagues
            where profile.role = 'Contributor' and colleagues.tenant_id = profile.tenant_id and colleagues.csm_id <> profile.user_id
        )
    ) as foreign
from cs.profiles as profile
join cs.tenants as own on own.id = profile.tenant_id and own.slug = $1
join cs.tenants as other on other.slug = $2
order by profile.role
