insert into cs.arr_history (tenant_id, account_id, arr, valid_from)
select tenant_id, id, case when status = 'Churned' then 0 else coalesce(arr, 0) end, clock_timestamp()
from new_rows
