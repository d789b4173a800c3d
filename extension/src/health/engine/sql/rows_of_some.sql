-- $1 tenant, $2 moment, $3 how far back, $4 accounts
select account_id, metric_type, recorded_at, id, metric_value, metadata
from cs.usage_metrics
where tenant_id = $1
    and account_id = any ($4)
    and metric_type = any ('{logins,feature_usage,api_calls}')
    and recorded_at > $3
    and recorded_at <= $2
union all
select account_id, metric_type, recorded_at, id, metric_value, metadata
from cs.usage_metrics
where tenant_id = $1 and account_id = any ($4) and metric_type = 'support_tickets' and recorded_at <= $2
