select wanted.playbook_id, count(*) as fired
from (select distinct * from unnest($1::uuid[], $2::uuid[]) as it (tenant_id, playbook_id)) as wanted
join cs.tenants as tenant on tenant.id = wanted.tenant_id
cross join lateral (select cs.time_zone(tenant.settings) as name) as zone
join cs.playbook_executions as execution
    on execution.tenant_id = wanted.tenant_id
    and execution.playbook_id = wanted.playbook_id
    and execution.result = 'fired'
    and execution.executed_at >= date_trunc('day', clock_timestamp() at time zone zone.name) at time zone zone.name
group by wanted.playbook_id
