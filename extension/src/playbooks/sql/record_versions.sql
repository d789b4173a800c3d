insert into cs.playbook_versions (tenant_id, playbook_id, version, definition, saved_by)
select
    playbook.tenant_id,
    playbook.id,
    playbook.version,
    jsonb_build_object(
        'name', playbook.name,
        'description', playbook.description,
        'trigger_criteria', playbook.trigger_criteria,
        'actions', playbook.actions,
        'webhook_url', playbook.webhook_url,
        'headers', array(select jsonb_object_keys(playbook.headers)),
        'cooldown_minutes', playbook.cooldown_minutes,
        'max_executions_per_day', playbook.max_executions_per_day,
        'is_ordered', playbook.is_ordered,
        'max_attempts', playbook.max_attempts
    ),
    $1
from new_rows as playbook
on conflict do nothing
