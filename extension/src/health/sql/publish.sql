-- What is absent, the trigger writes out.
insert into cs.health_models (
    tenant_id, created_by, weights, thresholds, targets, caps, key_features, feature_aliases, quiet_periods
)
select
    $1, $2, $3 -> 'weights', $3 -> 'thresholds', $3 -> 'targets', $3 -> 'caps', $3 -> 'key_features',
    $3 -> 'feature_aliases', $3 -> 'quiet_periods'
returning version
