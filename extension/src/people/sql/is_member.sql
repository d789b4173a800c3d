select
from cs.profiles as profile
join cs.users as person on person.id = profile.user_id
where profile.tenant_id = $1 and person.email = $2 and profile.is_active
