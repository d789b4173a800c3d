-- Owns the ARR that counts, once for every sum: lost customers have none, a parent may hold what its children have.

create or replace view cs.counted_arr
with (security_invoker = true) as
select
    account.tenant_id,
    account.id as account_id,
    case
        when account.status = 'Churned' then 0
        when tenant.settings -> 'parent_arr_includes_children' = 'true' then greatest(
            0,
            coalesce(account.arr, 0) - coalesce(
                (
                    select sum(child.arr)
                    from cs.accounts as child
                    where child.tenant_id = account.tenant_id
                        and child.parent_id = account.id
                        and child.status <> 'Churned'
                ),
                0
            )
        )
        else coalesce(account.arr, 0)
    end as arr
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id;

alter view cs.counted_arr owner to cs_owner;
comment on view cs.counted_arr is 'The ARR of each account as every sum counts it, in the tenant''s currency.';
comment on column cs.counted_arr.arr is
    '0 once the account has churned or where ARR is unknown; with the setting parent_arr_includes_children without what its direct children have, never below 0.';
