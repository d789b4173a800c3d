-- $1 tenant, $2 moment, $3 how far back; tickets are read from the beginning, since an old one may still be open
select account_id, metric_type, recorded_at, id, metric_value, metadata
from cs.usage_metrics
where tenant_id = $1 and recorded_at <= $2 and (recorded_at > $3 or metric_type = 'support_tickets')
