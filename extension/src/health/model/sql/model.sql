-- $1 tenant, $2 moment, NULL for the latest
select
    version,
    jsonb_build_object(
        'weights', weights, 'thresholds', thresholds, 'targets', targets, 'caps', caps, 'key_features', key_features,
        'feature_aliases', feature_aliases, 'quiet_periods', quiet_periods
    ) as model
from cs.health_models
where tenant_id = $1 and created_at <= coalesce($2, 'infinity')
order by version desc
limit 1
