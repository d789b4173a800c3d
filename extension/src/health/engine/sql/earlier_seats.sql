-- $1 tenant, $2 accounts, $3 moment: the last number of seats told by then
select account.id, told.recorded_at, told.id, told.seats
from unnest($2::uuid[]) as account (id)
cross join lateral (
    select metric.recorded_at, metric.id, seats.number as seats
    from cs.usage_metrics as metric
    cross join lateral (
        select case
            when jsonb_typeof(metric.metadata -> 'seats') = 'number'
                or jsonb_typeof(metric.metadata -> 'seats') = 'string'
                    and metric.metadata ->> 'seats' ~ '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,3})?$'
                then (metric.metadata ->> 'seats')::numeric
        end as number
    ) as seats
    where metric.tenant_id = $1
        and metric.account_id = account.id
        and metric.metadata ? 'seats'
        and metric.recorded_at <= $3
        and seats.number > 0
    order by metric.recorded_at desc, metric.id desc
    limit 1
) as told
