-- $1 table, $2 actor, $3 client, $4 secret columns, $5 columns left out, $6 columns of the key.
insert into cs.audit_log (tenant_id, at, actor_id, database_role, client_id, action, table_name, row_key, before, after)
select
    owner.tenant_id, clock_timestamp(), $2, session_user, $3::uuid, 'insert', $1,
    (select jsonb_object_agg(name, one.data -> name) from unnest($6::text[]) as name), null, shown.fields
from (select to_jsonb(it) as data from new_rows as it) as one
cross join lateral (
    select (one.data ->> 'tenant_id')::uuid as tenant_id where $1 not in ('tenants', 'users')
    union all
    select (one.data ->> 'id')::uuid where $1 = 'tenants'
    union all
    -- A person belongs to every tenant with a profile of theirs.
    select profile.tenant_id from cs.profiles as profile where $1 = 'users' and profile.user_id = (one.data ->> 'id')::uuid
) as owner
cross join lateral (
    select jsonb_object_agg(
        field.key,
        case when field.key = any ($4::text[]) then '"changed"'::jsonb else field.value end
    ) as fields
    from jsonb_each(one.data) as field
    where field.key <> all ($5::text[]) and field.value <> 'null'
) as shown
