-- $1 tenant, $2 kinds, $3 accounts, $4 first instants of weeks, the earliest first, the last one after them; $5 moment: sums
-- by week, counted from 1.
select account_id, metric_type, width_bucket(recorded_at, $4), sum(metric_value), false
from cs.usage_metrics
where tenant_id = $1
    and account_id = any ($3)
    and metric_type = any ($2::text[]::cs.metric_type[])
    and recorded_at >= ($4::timestamptz[])[1]
    and recorded_at < ($4::timestamptz[])[cardinality($4)]
    and recorded_at <= $5
group by account_id, metric_type, width_bucket(recorded_at, $4)
