with deleted_touch as materialized (
    select (change.before ->> 'account_id')::uuid as account_id, change.at
    from cs.audit_log as change
    where change.tenant_id = $1 and change.table_name = 'activities' and change.action = 'delete'
)
