update cs.playbook_executions as execution
set result = done.result, error_message = done.error_message, actions = done.actions::jsonb
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) as done (tenant_id, id, result, error_message, actions)
where execution.tenant_id = done.tenant_id and execution.id = done.id
