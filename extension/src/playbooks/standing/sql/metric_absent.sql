-- $1 tenant, $2 accounts or NULL for all, $3 metric, $4 days. What was never recorded is not missed.
with bound as materialized (
    select cs.counted_days_ago($1, $4) as since
)
select
    account.id as account_id,
    day.last::text as subject,
    jsonb_build_object('metric', $3, 'days', $4, 'last_recorded', day.last) as event,
    (select cs.feed_is_out($1, $3)) as stale,
    false as uncertain
from bound
join cs.tenants as tenant on tenant.id = $1
join cs.accounts as account on account.tenant_id = tenant.id and ($2::uuid[] is null or account.id = any ($2))
cross join lateral (
    select metric.recorded_at as at
    from cs.usage_metrics as metric
    where metric.tenant_id = account.tenant_id
        and metric.account_id = account.id
        and metric.metric_type = $3::cs.metric_type
        and metric.recorded_at <= now()
        and metric.metric_value > 0
    order by metric.recorded_at desc
    limit 1
) as latest
cross join lateral (select cs.local_day(tenant.settings, latest.at) as last) as day
where latest.at <= bound.since
