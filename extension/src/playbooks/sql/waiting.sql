select tenant_id, id, name, version, trigger_criteria, cooldown_minutes, max_executions_per_day
from cs.playbooks
where is_active
    and deleted_at is null
    and trigger_criteria -> 'event' ->> 'kind' = $1
    and tenant_id = any (array(select distinct tenant_id from new_rows))
order by tenant_id, id
