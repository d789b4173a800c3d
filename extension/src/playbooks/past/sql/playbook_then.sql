-- $1 tenant, $2 playbook, $3 account, $4 moment, $5 when the day of the moment had begun. What a playbook was like held until it was
-- changed, which the audit log tells.
select
    case
        when playbook.created_at > $4 then 'it was not made yet'
        when not coalesce((switched.was #>> '{}')::boolean, playbook.is_active) then 'it was not active'
        when case when paused.was is null then playbook.paused_at is not null else paused.was <> 'null' end then 'it was paused'
        when changed.is_so then 'what it waits for has been changed since'
    end as idle,
    (
        select (extract(epoch from $4 - max(run.executed_at)) / 60)::double precision
        from cs.playbook_executions as run
        where run.tenant_id = $1
            and run.playbook_id = $2
            and run.account_id = $3
            and run.result in ('fired', 'failed')
            and run.executed_at < $4
    ) as minutes,
    fired.that_day,
    fired.lately
from cs.playbooks as playbook
cross join lateral (
    select
        count(*) filter (where run.executed_at >= $5) as that_day,
        count(*) filter (where run.executed_at > $4 - interval '10 minutes') as lately
    from cs.playbook_executions as run
    where run.tenant_id = $1
        and run.playbook_id = $2
        and run.result in ('fired', 'failed')
        and run.executed_at >= least($5, $4 - interval '10 minutes')
        and run.executed_at < $4
) as fired
left join lateral (
    select change.before -> 'is_active' as was
    from cs.audit_log as change
    where change.tenant_id = $1
        and change.table_name = 'playbooks'
        and change.row_key ->> 'id' = $2::text
        and change.at > $4
        and change.action = 'update'
        and change.before ? 'is_active'
    order by change.at
    limit 1
) as switched on true
left join lateral (
    select change.before -> 'paused_at' as was
    from cs.audit_log as change
    where change.tenant_id = $1
        and change.table_name = 'playbooks'
        and change.row_key ->> 'id' = $2::text
        and change.at > $4
        and change.action = 'update'
        and change.before ? 'paused_at'
    order by change.at
    limit 1
) as paused on true
cross join lateral (
    select exists (
        select
        from cs.audit_log as change
        where change.tenant_id = $1
            and change.table_name = 'playbooks'
            and change.row_key ->> 'id' = $2::text
            and change.at > $4
            and change.action = 'update'
            and change.before ? 'trigger_criteria'
    ) as is_so
) as changed
where playbook.tenant_id = $1 and playbook.id = $2
