-- $1 tenant, $2 playbook, $3 account, $4 after which moment or NULL, $5 kind of event, $6 id of the event or NULL.
select run.executed_at, run.result, cs.run_reason(run.result, run.error_message) as reason
from cs.playbook_executions as run
where run.tenant_id = $1
    and run.playbook_id = $2
    and run.account_id = $3
    and ($4::timestamptz is null or run.executed_at > $4)
    and run.event ->> 'kind' = $5
    and ($6::text is null or run.event ->> 'event_id' = $6)
order by run.executed_at, run.id
