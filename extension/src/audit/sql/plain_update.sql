-- $1 tenant, $2 actor, $3 client, $4 table, $5 id of the row. <before> and <after> depend on the columns that changed.
insert into cs.audit_log (tenant_id, at, actor_id, database_role, client_id, action, table_name, row_key, before, after)
values (
    $1, clock_timestamp(), $2, session_user, $3::uuid, 'update', $4, jsonb_build_object('id', $5), <before>, <after>
)
