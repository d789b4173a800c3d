left join lateral (
    select
        last.happened_at,
        exists (
            select
            from cs.activities as activity
            join cs.audit_log as change
                on change.tenant_id = activity.tenant_id
                and change.table_name = 'activities'
                and change.row_key ->> 'id' = activity.id::text
                and change.at > account.at
                and change.action = 'update'
                -- A task that was done since was not done then, and that is known.
                and (change.before ?| array['kind', 'at', 'account_id'] or change.before ->> 'done_at' is not null)
            where activity.tenant_id = account.tenant_id and activity.account_id = account.id
        ) or exists (
            select
            from deleted_touch
            where deleted_touch.account_id = account.id and deleted_touch.at > account.at
        ) as is_changed
    from (select) as none
    left join lateral cs.last_touch(account.tenant_id, account.id, account.at) as last on true
) as touch on true
