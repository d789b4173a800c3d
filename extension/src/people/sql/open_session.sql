insert into cs.sessions (user_id, tenant_id, expires_at)
select person.id, coalesce($2, membership.only_tenant), coalesce($3, now() + interval '7 days')
from cs.users as person
cross join lateral (
    select
        case when count(*) = 1 then (array_agg(profile.tenant_id))[1] end as only_tenant,
        coalesce(bool_or(profile.tenant_id = $2), false) as chosen_is_own
    from cs.profiles as profile
    join cs.tenants as tenant on tenant.id = profile.tenant_id and tenant.is_active
    where profile.user_id = person.id and profile.is_active
) as membership
where person.id = $1 and person.is_active and ($2 is null or membership.chosen_is_own)
returning id
