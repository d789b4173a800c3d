-- $1 tenant, $2 accounts, $3 amounts, $4 how often a year, $5 from when on: steps that were told, the later in the list counting where
-- two are of one day. The whole chain of each account with them.
with told as (
    select distinct on (given.account_id, day.it)
        given.account_id, given.amount * given.times as arr, given.valid_from, day.it as day
    from unnest($2::uuid[], $3::numeric[], $4::integer[], $5::timestamptz[]) with ordinality
        as given (account_id, amount, times, valid_from, place)
    join cs.tenants as tenant on tenant.id = $1
    cross join lateral (select cs.local_day(tenant.settings, given.valid_from) as it) as day
    order by given.account_id, day.it, given.place desc
), step as (
    select told.account_id, told.arr, told.valid_from
    from told
    union all
    select history.account_id, history.arr, history.valid_from
    from cs.arr_history as history
    join cs.accounts as account on account.tenant_id = history.tenant_id and account.id = history.account_id
    join cs.tenants as tenant on tenant.id = history.tenant_id
    where history.tenant_id = $1
        and history.account_id = any ($2)
        -- That nobody had said yet, or says any more, what it pays is no step.
        and not (
            history.arr = 0
            and (history.valid_until is not null or account.status <> 'Churned')
            and (
                history.valid_until is null and account.arr is null
                or not exists (
                    select
                    from cs.arr_history as earlier
                    where earlier.tenant_id = history.tenant_id
                        and earlier.account_id = history.account_id
                        and (earlier.valid_from, earlier.id) < (history.valid_from, history.id)
                )
            )
        )
        and not exists (
            select
            from told
            where told.account_id = history.account_id and told.day = cs.local_day(tenant.settings, history.valid_from)
        )
), change as (
    select step.*, lag(step.arr) over (partition by step.account_id order by step.valid_from) as before
    from step
)
select
    change.account_id,
    change.arr::text as arr,
    change.valid_from,
    lead(change.valid_from) over (partition by change.account_id order by change.valid_from) as valid_until
from change
where change.before is distinct from change.arr
order by change.account_id, change.valid_from
