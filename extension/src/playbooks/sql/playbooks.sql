-- $1 tenants, $2 ids.
select
    tenant_id, id, name, version, xmin::text::bigint as written_by, trigger_criteria, webhook_url is not null as has_own_webhook,
    is_ordered, actions, cooldown_minutes, max_executions_per_day
from cs.playbooks
where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
