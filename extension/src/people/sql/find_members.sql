-- $1 tenant, $2 ids or e-mail addresses.
select wanted.given, profile.user_id
from (select distinct unnest($2) as given) as wanted
join (cs.profiles as profile join cs.users as person on person.id = profile.user_id)
    on profile.user_id::text = lower(wanted.given) or lower(person.email) = lower(wanted.given)
where profile.tenant_id = $1 and profile.is_active and person.is_active
