-- $1 tenant, $2 playbook.
insert into cs.playbooks (
    tenant_id, name, description, trigger_criteria, actions, webhook_url, webhook_secret, headers, cooldown_minutes,
    max_executions_per_day, is_ordered, max_attempts, is_active
)
select
    $1, $2 ->> 'name', $2 ->> 'description', $2 -> 'trigger_criteria', coalesce($2 -> 'actions', '[]'), $2 ->> 'webhook_url',
    $2 ->> 'webhook_secret', coalesce($2 -> 'headers', '{}'), coalesce(($2 ->> 'cooldown_minutes')::integer, 60),
    ($2 ->> 'max_executions_per_day')::integer, coalesce(($2 ->> 'is_ordered')::boolean, false),
    ($2 ->> 'max_attempts')::integer, coalesce(($2 ->> 'is_active')::boolean, false)
returning id
