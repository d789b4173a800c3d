-- What counts is read from the account as it is now, not from new_rows: a trigger before this one may have changed it
-- again, and that change has been recorded first.
with changed as (
    select account.tenant_id, account.id, counted.arr
    from new_rows as new
    join old_rows as old using (tenant_id, id)
    join cs.accounts as account on account.tenant_id = new.tenant_id and account.id = new.id
    cross join lateral (
        select case when account.status = 'Churned' then 0 else coalesce(account.arr, 0) end as arr
    ) as counted
    left join cs.arr_history as held
        on held.tenant_id = account.tenant_id and held.account_id = account.id and held.valid_until is null
    where (new.status, new.arr) is distinct from (old.status, old.arr)
        and counted.arr is distinct from held.arr
), closed as (
    update cs.arr_history as held
    set valid_until = greatest(clock_timestamp(), held.valid_from)
    from changed
    where held.tenant_id = changed.tenant_id and held.account_id = changed.id and held.valid_until is null
    returning held.tenant_id, held.account_id, held.valid_until
)
insert into cs.arr_history (tenant_id, account_id, arr, valid_from)
select changed.tenant_id, changed.id, changed.arr, coalesce(closed.valid_until, clock_timestamp())
from changed
left join closed on closed.tenant_id = changed.tenant_id and closed.account_id = changed.id
