-- $1 tenant, $2 version of the model: what ran on scores that its publication has written.
select run.account_id, array_agg(distinct playbook.name order by playbook.name) as names
from cs.health_scores as score
join cs.playbook_executions as run
    on run.tenant_id = score.tenant_id and run.account_id = score.account_id and run.event ->> 'event_id' = score.id::text
join cs.playbooks as playbook on playbook.tenant_id = run.tenant_id and playbook.id = run.playbook_id
where score.tenant_id = $1 and score.is_current and score.cause = 'model' and run.result in ('fired', 'failed')
    and (score.model_version = $2 or score.source <> 'computed')
group by run.account_id
