select tenant_id, id
from new_rows
where is_active and paused_at is null and deleted_at is null
order by tenant_id, id
