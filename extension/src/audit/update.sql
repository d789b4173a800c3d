-- $1 table, $2 actor, $3 client, $4 secret columns, $5 columns left out, $6 columns of the key.
with was as (
    select to_jsonb(it) as data, (select jsonb_object_agg(name, to_jsonb(it) -> name) from unnest($6::text[]) as name) as key
    from old_rows as it
), is_now as (
    select to_jsonb(it) as data, (select jsonb_object_agg(name, to_jsonb(it) -> name) from unnest($6::text[]) as name) as key
    from new_rows as it
)
insert into cs.audit_log (tenant_id, at, actor_id, database_role, client_id, action, table_name, row_key, before, after)
select
    owner.tenant_id, clock_timestamp(), $2, session_user, $3::uuid, 'update', $1, is_now.key, change.before, change.after
from is_now
join was using (key)
cross join lateral (
    select (is_now.data ->> 'tenant_id')::uuid as tenant_id where $1 not in ('tenants', 'users')
    union all
    select (is_now.data ->> 'id')::uuid where $1 = 'tenants'
    union all
    -- A person belongs to every tenant with a profile of theirs.
    select profile.tenant_id from cs.profiles as profile where $1 = 'users' and profile.user_id = (is_now.data ->> 'id')::uuid
) as owner
cross join lateral (
    select
        jsonb_object_agg(field.key, case when field.key = any ($4::text[]) then '"changed"'::jsonb else was.data -> field.key end)
            as before,
        jsonb_object_agg(field.key, case when field.key = any ($4::text[]) then '"changed"'::jsonb else field.value end)
            as after
    from jsonb_each(is_now.data) as field
    where field.key <> all ($5::text[]) and field.value is distinct from was.data -> field.key
) as change
where change.after is not null
