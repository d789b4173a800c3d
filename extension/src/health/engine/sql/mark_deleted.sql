insert into cs.health_dirty (tenant_id, account_id, by_usage)
select distinct tenant_id, account_id, false
from old_rows
returning 1 as marked
