cross join lateral (
    select case when stage.id is not null then count(*) end as milestones
    from cs.stage_milestones as milestone
    left join lateral (
        select change.before -> 'is_active' as was
        from cs.audit_log as change
        where change.tenant_id = milestone.tenant_id
            and change.table_name = 'stage_milestones'
            and change.row_key ->> 'id' = milestone.id::text
            and change.at > account.at
            and change.action = 'update'
            and change.before ? 'is_active'
        order by change.at
        limit 1
    ) as activity on true
    left join lateral (
        select change.before -> 'due_after_days' as was
        from cs.audit_log as change
        where change.tenant_id = milestone.tenant_id
            and change.table_name = 'stage_milestones'
            and change.row_key ->> 'id' = milestone.id::text
            and change.at > account.at
            and change.action = 'update'
            and change.before ? 'due_after_days'
        order by change.at
        limit 1
    ) as due on true
    where milestone.tenant_id = stage.tenant_id
        and milestone.stage_id = stage.id
        and milestone.created_at <= account.at
        and coalesce((activity.was #>> '{}')::boolean, milestone.is_active)
        and cs.milestone_due_at(
            stay.entered_at,
            case when due.was is null then milestone.due_after_days else (due.was #>> '{}')::integer end
        ) < account.at
        and not exists (
            select
            from cs.account_milestones as closed
            where closed.tenant_id = account.tenant_id
                and closed.account_id = account.id
                and closed.milestone_id = milestone.id
                and closed.completed_at <= account.at
        )
) as overdue
