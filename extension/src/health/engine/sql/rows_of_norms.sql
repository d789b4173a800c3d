-- $1 tenant, $2 moment, $3 how far back: what the catalogue and the usual depth are taken from
select account_id, metric_type, recorded_at, id, metric_value, metadata
from cs.usage_metrics
where tenant_id = $1 and metric_type = any ('{logins,feature_usage}') and recorded_at > $3 and recorded_at <= $2
