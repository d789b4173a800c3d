-- $1 tenant, $2 account, $3 whether ARR too, $4 before, $5 before which key, $6 how many at most.
-- Changes of stage are in journey_history.
select
    change.id,
    change.at,
    change.actor_id,
    fields.changes::text as changes,
    change.id::text collate "C" as event_key
from cs.audit_log as change
cross join lateral (
    select
        jsonb_agg(jsonb_build_object('field', diff.field, 'old', diff.old, 'new', diff.new) order by diff.field) as changes
    from (
        select key as field, change.before -> key as old, change.after -> key as new
        from unnest(array['name', 'external_id', 'csm_id', 'parent_id', 'status']) as key
        where change.after ? key
        union all
        select 'crm_attributes.' || key, change.before -> 'crm_attributes' -> key, change.after -> 'crm_attributes' -> key
        from jsonb_object_keys(change.before -> 'crm_attributes' || (change.after -> 'crm_attributes')) as key
        where change.before -> 'crm_attributes' -> key is distinct from change.after -> 'crm_attributes' -> key
            and ($3 or key <> 'arr')
    ) as diff
) as fields
where change.tenant_id = $1
    and change.table_name = 'accounts'
    and change.row_key ->> 'id' = $2
    and change.action = 'update'
    and fields.changes is not null
    and change.at <= coalesce($4, 'infinity')
    and (change.at, change.id::text collate "C") < (coalesce($4, 'infinity'), coalesce($5, ''))
order by change.at desc, event_key desc
limit $6
