-- $1 table, $2 actor, $3 client, $4 secret columns, $5 the columns that any row changed. <same>, <key> and <owner> depend on
-- the table. Materialized, so that a row becomes JSON once and not for each of its fields.
with one as materialized (
    select owner.tenant_id, <key> as key, to_jsonb(was) as was, to_jsonb(it) as is_now
    from new_rows as it
    join old_rows as was using (<same>)
    cross join lateral (<owner>) as owner
)
insert into cs.audit_log (tenant_id, at, actor_id, database_role, client_id, action, table_name, row_key, before, after)
select
    one.tenant_id, clock_timestamp(), $2, session_user, $3::uuid, 'update', $1, one.key, change.before, change.after
from one
cross join lateral (
    select
        jsonb_object_agg(field, case when field = any ($4::text[]) then '"changed"'::jsonb else one.was -> field end) as before,
        jsonb_object_agg(field, case when field = any ($4::text[]) then '"changed"'::jsonb else one.is_now -> field end) as after
    from unnest($5::text[]) as field
    where one.is_now -> field is distinct from one.was -> field
) as change
where change.after is not null
