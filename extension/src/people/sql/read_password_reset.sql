select person.email, reset.expires_at, named.full_name
from cs.password_resets as reset
cross join cs.users as person
left join lateral (
    select profile.full_name
    from cs.profiles as profile
    where profile.user_id = reset.user_id and profile.is_active
    order by profile.created_at
    limit 1
) as named on true
