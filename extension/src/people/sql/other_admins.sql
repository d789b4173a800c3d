select count(*) as it
from cs.profiles as profile
join cs.users as person on person.id = profile.user_id
where profile.tenant_id = $1
    and profile.user_id <> $2
    and profile.role = 'Tenant Admin'
    and profile.is_active
    and person.is_active
