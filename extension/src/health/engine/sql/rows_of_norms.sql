-- $1 tenant, $2 moment, $3 how far back logins, $4 how far back features: what the catalogue and the usual depth are taken
-- from. Without any feature there is neither.
select account_id, metric_type, recorded_at, id, metric_value, metadata
from cs.usage_metrics
where tenant_id = $1 and metric_type = 'feature_usage' and recorded_at > $4 and recorded_at <= $2
union all
select account_id, metric_type, recorded_at, id, metric_value, metadata
from cs.usage_metrics
where tenant_id = $1
    and metric_type = 'logins'
    and recorded_at > $3
    and recorded_at <= $2
    and exists (
        select
        from cs.usage_metrics
        where tenant_id = $1 and metric_type = 'feature_usage' and recorded_at > $4 and recorded_at <= $2
    )
