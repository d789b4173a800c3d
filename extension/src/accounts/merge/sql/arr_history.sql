-- $1 tenant, $2 account to keep, $3 merged. One chain, whose ARR at any moment of the past is the sum of both; from now on it is what the account
-- to keep pays.
with gone as (
    delete from cs.arr_history
    where tenant_id = $1 and account_id in ($2, $3)
    returning arr, valid_from, valid_until
), moment as (
    select change.at, sum(sum(change.arr)) over (order by change.at) as arr
    from (
        select gone.valid_from as at, gone.arr from gone
        union all
        select gone.valid_until, - gone.arr from gone where gone.valid_until is not null
    ) as change
    group by change.at
), step as (
    select moment.at, moment.arr, lag(moment.arr) over (order by moment.at) as before
    from moment
), latest as (
    select step.at, step.arr
    from step
    order by step.at desc
    limit 1
), chain as (
    select 0 as place, step.at, step.arr
    from step
    where step.before is distinct from step.arr
    union all
    select 1, greatest(clock_timestamp(), latest.at), present.arr
    from (
        select case when account.status = 'Churned' then 0 else coalesce(account.arr, 0) end as arr
        from cs.accounts as account
        where account.tenant_id = $1 and account.id = $2
    ) as present
    left join latest on true
    where present.arr is distinct from latest.arr
)
insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
select $1, $2, chain.arr, chain.at, lead(chain.at) over (order by chain.at, chain.place)
from chain
returning 1 as step
