-- $1 tenant, $2 accounts or NULL for all, $3 the first of the days, $4 until, $5 metric, $6 first instants of days in order: account by
-- account the last row with a quantity, as known on each day by which another one had come; days count from 0.
select found.account_id, found.day, found.at, cs.local_day(tenant.settings, found.at)::text
from (
    select account.id as account_id, 0 as day, latest.recorded_at as at
    from cs.accounts as account
    cross join lateral (
        select metric.recorded_at
        from cs.usage_metrics as metric
        where metric.tenant_id = account.tenant_id
            and metric.account_id = account.id
            and metric.metric_type = $5::cs.metric_type
            and metric.recorded_at <= $3
            and metric.metric_value > 0
        order by metric.recorded_at desc
        limit 1
    ) as latest
    where account.tenant_id = $1 and ($2::uuid[] is null or account.id = any ($2))
    union all
    select
        metric.account_id,
        width_bucket(metric.recorded_at - interval '1 microsecond', $6::timestamptz[]) as day,
        max(metric.recorded_at) as at
    from cs.usage_metrics as metric
    where metric.tenant_id = $1
        and ($2::uuid[] is null or metric.account_id = any ($2))
        and metric.metric_type = $5::cs.metric_type
        and metric.metric_value > 0
        and metric.recorded_at > $3
        and metric.recorded_at <= $4
    group by metric.account_id, day
) as found
join cs.tenants as tenant on tenant.id = $1
order by found.account_id, found.day
