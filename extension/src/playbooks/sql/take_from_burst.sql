-- $1 tenant, $2 burst, $3 how many, $4 by whom.
with open as (
    select burst.id, burst.playbook_id, burst.account_ids
    from cs.playbook_bursts as burst
    where burst.tenant_id = $1 and burst.id = $2 and burst.ended_at is null
    for update
), taken as (
    update cs.playbook_bursts as burst
    set account_ids = burst.account_ids[$3 + 1:],
        ended_at = case when cardinality(burst.account_ids) <= $3 then clock_timestamp() end,
        ended_by = case when cardinality(burst.account_ids) <= $3 then $4 end
    from open
    where burst.tenant_id = $1 and burst.id = open.id
)
select released.account_id, (latest.event ->> 'event_id')::uuid as event_id, latest.event
from open
cross join unnest(open.account_ids[:$3]) with ordinality as released (account_id, place)
cross join lateral (
    select execution.event
    from cs.playbook_executions as execution
    where execution.tenant_id = $1
        and execution.playbook_id = open.playbook_id
        and execution.account_id = released.account_id
        and execution.burst_id = open.id
    order by execution.executed_at desc, execution.id desc
    limit 1
) as latest
order by released.place
