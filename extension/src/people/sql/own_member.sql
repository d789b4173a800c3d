-- $1 tenant, $2 person.
select
    profile.user_id,
    exists (select from cs.profiles as other where other.user_id = $2 and other.tenant_id <> $1) as is_elsewhere
from cs.profiles as profile
join cs.users as person on person.id = profile.user_id
where profile.tenant_id = $1 and profile.user_id = $2 and profile.is_active and person.is_active
