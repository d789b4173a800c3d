-- $1 tenant, $2 the accounts that the caller sees: what their other direct children paid together, step by step.
with step as (
    select child.parent_id, moment.at, sum(moment.arr) as arr
    from (
        select account.tenant_id, account.id, account.parent_id from cs.accounts as account
        union all
        select gone.tenant_id, gone.id, gone.parent_id from cs.deleted_accounts as gone
    ) as child
    join cs.arr_history as history on history.tenant_id = child.tenant_id and history.account_id = child.id
    cross join lateral (values (history.valid_from, history.arr), (history.valid_until, - history.arr)) as moment (at, arr)
    where child.tenant_id = $1
        and child.parent_id = any ($2)
        and child.id <> all ($2)
        and moment.at is not null
    group by child.parent_id, moment.at
)
select
    $1 as tenant_id,
    step.parent_id,
    sum(step.arr) over story as arr,
    step.at as valid_from,
    lead(step.at) over story as valid_until
from step
window story as (partition by step.parent_id order by step.at)
