-- $1 kinds, $2 ids, $3 scores, in order: what is shown of each.
select hit.kind, hit.id, thing.title, thing.subtitle, thing.level, hit.score
from unnest($1, $2, $3) with ordinality as hit (kind, id, score, place)
cross join lateral (
    select
        account.name as title,
        concat_ws(
            ' · ',
            account.current_stage,
            to_char(account.arr, 'FM999,999,999,999,990') || ' ' || coalesce(tenant.settings ->> 'currency', 'USD')
        ) as subtitle,
        health.risk_level::text as level
    from cs.accounts as account
    join cs.tenants as tenant on tenant.id = account.tenant_id
    left join cs.health_scores as health
        on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current
    where hit.kind = 'account' and account.id = hit.id
    union all
    (
        -- A person may belong to several tenants, which only a superuser sees at once.
        select profile.full_name, person.email || ' · ' || profile.role, null
        from cs.profiles as profile
        join cs.users as person on person.id = profile.user_id
        where hit.kind = 'person' and profile.user_id = hit.id
        limit 1
    )
    union all
    select stage.name, null, null
    from cs.journey_stages as stage
    where hit.kind = 'stage' and stage.id = hit.id
    union all
    select view.name, concat_ws(' · ', view.page, owner.full_name), null
    from cs.saved_views as view
    join cs.profiles as owner on owner.tenant_id = view.tenant_id and owner.user_id = view.owner_id
    where hit.kind = 'view' and view.id = hit.id
    union all
    select playbook.name, playbook.description, null
    from cs.playbooks as playbook
    where hit.kind = 'playbook' and playbook.id = hit.id
) as thing
order by hit.place
