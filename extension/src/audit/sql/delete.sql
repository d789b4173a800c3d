-- $1 table, $2 actor, $3 client, $4 secret columns, $5 columns left out, $6 why. <key> and <owner> depend on the table.
insert into cs.audit_log (tenant_id, at, actor_id, database_role, client_id, action, table_name, row_key, before, after, reason)
select owner.tenant_id, clock_timestamp(), $2, session_user, $3::uuid, 'delete', $1, <key>, shown.fields, null, $6
from old_rows as it
