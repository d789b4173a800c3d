select profile.tenant_id, profile.user_id
from cs.users as person
join cs.profiles as profile on profile.user_id = person.id and profile.is_active
join cs.tenants as tenant on tenant.id = profile.tenant_id and tenant.is_active
where person.email = cs.fold_email($1) and person.is_active and ($2 is null or tenant.slug = $2)
