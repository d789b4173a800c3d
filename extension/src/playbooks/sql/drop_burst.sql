-- $1 tenant, $2 burst, $3 by whom.
with open as (
    select burst.id, burst.playbook_id, burst.account_ids
    from cs.playbook_bursts as burst
    where burst.tenant_id = $1 and burst.id = $2 and burst.ended_at is null
    for update
), ended as (
    update cs.playbook_bursts as burst
    set account_ids = '{}', ended_at = clock_timestamp(), ended_by = $3
    from open
    where burst.tenant_id = $1 and burst.id = open.id
), dropped as (
    insert into cs.playbook_executions (
        tenant_id, playbook_id, account_id, executed_at, result, playbook_version, event, burst_id
    )
    select $1, open.playbook_id, waiting.account_id, clock_timestamp(), 'dropped', latest.playbook_version, latest.event, open.id
    from open
    cross join unnest(open.account_ids) as waiting (account_id)
    cross join lateral (
        select execution.playbook_version, execution.event
        from cs.playbook_executions as execution
        where execution.tenant_id = $1
            and execution.playbook_id = open.playbook_id
            and execution.account_id = waiting.account_id
            and execution.burst_id = open.id
        order by execution.executed_at desc, execution.id desc
        limit 1
    ) as latest
    returning account_id
)
select count(*) as dropped from dropped
