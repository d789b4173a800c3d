-- $1 tenants, $2 playbooks, $3 accounts.
select
    wanted.playbook_id, wanted.account_id,
    (extract(epoch from clock_timestamp() - last.executed_at) / 60)::double precision as minutes,
    last.sequence
from (
    select distinct * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as it (tenant_id, playbook_id, account_id)
) as wanted
cross join lateral (
    select execution.executed_at, execution.sequence
    from cs.playbook_executions as execution
    where execution.tenant_id = wanted.tenant_id
        and execution.playbook_id = wanted.playbook_id
        and execution.account_id = wanted.account_id
        and execution.result in ('fired', 'failed')
    order by execution.executed_at desc, execution.id desc
    limit 1
) as last
