-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until, $5 metric, $6 steps in order: account by account what was used after each
-- step, the next one included.
select
    metric.account_id,
    width_bucket(metric.recorded_at - interval '1 microsecond', $6::timestamptz[]) as step,
    sum(metric.metric_value)::double precision
from cs.usage_metrics as metric
where metric.tenant_id = $1
    and ($2::uuid[] is null or metric.account_id = any ($2))
    and metric.metric_type = $5::cs.metric_type
    and metric.recorded_at > $3
    and metric.recorded_at <= $4
group by metric.account_id, step
order by metric.account_id, step
