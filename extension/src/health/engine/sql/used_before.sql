-- $1 tenant, $2 numbers, $3 accounts, $4 kinds, $5 since, $6 until: sums of quantities
select asked.number, (
    select sum(metric.metric_value)
    from cs.usage_metrics as metric
    where metric.tenant_id = $1
        and metric.account_id = asked.account_id
        and metric.metric_type = asked.kind::cs.metric_type
        and metric.recorded_at > asked.since
        and metric.recorded_at <= asked.until
)
from unnest($2::integer[], $3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[])
    as asked (number, account_id, kind, since, until)
