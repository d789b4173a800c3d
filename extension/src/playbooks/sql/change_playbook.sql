-- $1 tenant, $2 playbook, $3 change: absent is unchanged, null is cleared.
update cs.playbooks
set name = case when $3 ? 'name' then $3 ->> 'name' else name end,
    description = case when $3 ? 'description' then $3 ->> 'description' else description end,
    trigger_criteria = case when $3 ? 'trigger_criteria' then $3 -> 'trigger_criteria' else trigger_criteria end,
    actions = case when $3 ? 'actions' then $3 -> 'actions' else actions end,
    webhook_url = case when $3 ? 'webhook_url' then $3 ->> 'webhook_url' else webhook_url end,
    cooldown_minutes = case when $3 ? 'cooldown_minutes' then ($3 ->> 'cooldown_minutes')::integer else cooldown_minutes end,
    max_executions_per_day =
        case when $3 ? 'max_executions_per_day' then ($3 ->> 'max_executions_per_day')::integer else max_executions_per_day end,
    is_active = case when $3 ? 'is_active' then ($3 ->> 'is_active')::boolean else is_active end
where tenant_id = $1 and id = $2
