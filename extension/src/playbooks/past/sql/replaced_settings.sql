-- $1 tenant: what its settings were before each change of them.
select change.at, change.before -> 'settings' as settings, cs.time_zone(change.before -> 'settings') as zone
from cs.audit_log as change
where change.tenant_id = $1
    and change.table_name = 'tenants'
    and change.row_key ->> 'id' = $1::text
    and change.action = 'update'
    and change.before ? 'settings'
order by change.at, change.id
