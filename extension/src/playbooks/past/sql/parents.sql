-- $1 tenant: the parent of every account now, and before each change of it. An account that is gone had one until it was deleted.
select account.id, null::timestamptz as at, account.parent_id
from cs.accounts as account
where account.tenant_id = $1
union all
select (change.row_key ->> 'id')::uuid, change.at, (change.before ->> 'parent_id')::uuid
from cs.audit_log as change
where change.tenant_id = $1
    and change.table_name = 'accounts'
    and (change.action = 'update' and change.before ? 'parent_id' or change.action = 'delete')
order by at nulls first
