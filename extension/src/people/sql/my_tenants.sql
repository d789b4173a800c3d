select tenant.id, tenant.slug, tenant.name, profile.role::text as role
from cs.profiles as profile
join cs.tenants as tenant on tenant.id = profile.tenant_id
join cs.users as person on person.id = profile.user_id
where profile.user_id = $1 and profile.is_active and tenant.is_active and person.is_active
order by tenant.name, tenant.id
