-- $1 tenant, $2 account, $3 kinds, $4 before, $5 before which key, $6 how many at most.
-- Stages are told by journey_history; ARR is told apart, since it is money.
select
    change.id,
    change.at,
    told.kind,
    change.actor_id,
    told.changes::text as changes,
    (change.id || '/' || told.kind) collate "C" as event_key
from cs.audit_log as change
cross join lateral (
    select
        case when diff.field = 'crm_attributes.arr' then 'arr' else 'field' end as kind,
        jsonb_agg(jsonb_build_object('field', diff.field, 'old', diff.old, 'new', diff.new) order by diff.field) as changes
    from (
        select key as field, change.before -> key as old, change.after -> key as new
        from unnest(array['name', 'external_id', 'csm_id', 'parent_id', 'status']) as key
        where change.after ? key
        union all
        select 'crm_attributes.' || key, change.before -> 'crm_attributes' -> key, change.after -> 'crm_attributes' -> key
        from jsonb_object_keys(change.before -> 'crm_attributes' || (change.after -> 'crm_attributes')) as key
        where change.before -> 'crm_attributes' -> key is distinct from change.after -> 'crm_attributes' -> key
    ) as diff
    group by kind
) as told
where change.tenant_id = $1
    and change.table_name = 'accounts'
    and change.row_key ->> 'id' = $2
    and change.action = 'update'
    and ($3 is null or told.kind = any ($3))
    and change.at <= coalesce($4, 'infinity')
    and (change.at, (change.id || '/' || told.kind) collate "C") < (coalesce($4, 'infinity'), coalesce($5, ''))
order by change.at desc, event_key desc
limit $6
