-- An account that comes back under the id of a deleted one goes on with its history.
with back as (
    delete from cs.deleted_accounts as gone
    using new_rows as new
    where gone.tenant_id = new.tenant_id and gone.id = new.id
)
insert into cs.arr_history (tenant_id, account_id, arr, valid_from)
select tenant_id, id, case when status = 'Churned' then 0 else coalesce(arr, 0) end, clock_timestamp()
from new_rows
on conflict (tenant_id, account_id) where valid_until is null do update
set arr = excluded.arr, valid_from = excluded.valid_from
