select membership.tenant_id, membership.role
from cs.users as person
left join (
    select profile.user_id, profile.tenant_id, profile.role::text as role
    from cs.profiles as profile
    join cs.tenants as tenant on tenant.id = profile.tenant_id
    where profile.is_active and tenant.is_active
) as membership on membership.user_id = person.id
where person.id = $1 and person.is_active
