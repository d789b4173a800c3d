-- $1 kinds. Of each kind all ids, and in their order all names: the names of one thing are separated by the unit separator,
-- things by the record separator, so that ten thousand things are two values instead of ten thousand rows.
select
    thing.kind,
    array_agg(thing.id) as ids,
    string_agg(replace(thing.names, E'\x1e', ' '), E'\x1e') as names
from (
    select
        'account' as kind,
        account.id,
        concat_ws(
            E'\x1f', account.name, account.external_id, account.crm_attributes ->> 'domain', account.crm_attributes ->> 'website'
        ) as names
    from cs.accounts as account
    where 'account' = any ($1)
    union all
    select 'person', profile.user_id, concat_ws(E'\x1f', profile.full_name, person.email)
    from cs.profiles as profile
    join cs.users as person on person.id = profile.user_id
    where 'person' = any ($1) and profile.is_active and person.is_active
    union all
    select 'stage', stage.id, stage.name
    from cs.journey_stages as stage
    where 'stage' = any ($1) and stage.is_active
    union all
    select 'view', view.id, view.name
    from cs.saved_views as view
    where 'view' = any ($1)
    union all
    select 'playbook', playbook.id, playbook.name
    from cs.playbooks as playbook
    where 'playbook' = any ($1) and playbook.deleted_at is null
) as thing
group by thing.kind
