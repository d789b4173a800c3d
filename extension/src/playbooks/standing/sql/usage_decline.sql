-- $1 tenant, $2 accounts or NULL for all, $3 metric, $4 percent, $5 days. Days before the account's first row are no days
-- without use: the account has to be older than all of them.
with bound as materialized (
    select
        cs.counted_days_ago($1, $5) as middle,
        cs.counted_days_ago($1, 2 * $5) as beginning
)
select
    account.id as account_id,
    '' as subject,
    jsonb_build_object(
        'metric', $3, 'percent', $4, 'days', $5,
        'before', trim_scale(used.before), 'recent', trim_scale(coalesce(used.recent, 0))
    ) as event,
    (select cs.feed_is_out($1, $3)) as stale,
    false as uncertain
from bound
join cs.accounts as account on account.tenant_id = $1 and ($2::uuid[] is null or account.id = any ($2))
cross join lateral (
    select
        sum(metric.metric_value) filter (where metric.recorded_at > bound.middle) as recent,
        sum(metric.metric_value) filter (where metric.recorded_at <= bound.middle) as before
    from cs.usage_metrics as metric
    where metric.tenant_id = account.tenant_id
        and metric.account_id = account.id
        and metric.metric_type = $3::cs.metric_type
        and metric.recorded_at > bound.beginning
        and metric.recorded_at <= now()
) as used
where used.before > 0
    and coalesce(used.recent, 0) * 100 <= used.before * (100 - $4)
    and exists (
        select
        from cs.usage_metrics as earlier
        where earlier.tenant_id = account.tenant_id
            and earlier.account_id = account.id
            and earlier.recorded_at <= bound.beginning
    )
