-- $1 tenant, $2 playbooks, $3 when today began.
select
    execution.playbook_id,
    count(*) filter (where execution.executed_at >= $3) as today,
    count(*) filter (where execution.executed_at > clock_timestamp() - interval '10 minutes') as lately
from cs.playbook_executions as execution
where execution.tenant_id = $1
    and execution.playbook_id = any ($2)
    and execution.result in ('fired', 'failed')
    and execution.executed_at >= least($3, clock_timestamp() - interval '10 minutes')
group by execution.playbook_id
