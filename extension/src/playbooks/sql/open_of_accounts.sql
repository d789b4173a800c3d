select execution.tenant_id, execution.id
from cs.playbook_executions as execution
where execution.is_open
    and (execution.tenant_id, execution.account_id) in (select tenant_id, id from new_rows)
