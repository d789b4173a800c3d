-- $1 tenant, $2 ids, e-mail addresses or full names, $3 the same as names are compared. What is found by id or e-mail address comes first.
select distinct wanted.given, member.user_id, member.is_exact, member.is_active
from unnest($2, $3) as wanted (given, folded)
join (
    select profile.user_id, profile.is_active and person.is_active as is_active, called.name, called.is_exact
    from cs.profiles as profile
    join cs.users as person on person.id = profile.user_id
    cross join lateral (
        values (profile.user_id::text, true), (person.email, true), (cs.fold_name(profile.full_name), false)
    ) as called (name, is_exact)
    where profile.tenant_id = $1
) as member on member.name = wanted.folded
order by member.is_exact desc
