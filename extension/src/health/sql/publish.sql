insert into cs.health_models (tenant_id, created_by, weights, thresholds, targets, caps, key_features)
select
    $1, $2, coalesce($3 -> 'weights', '{}'), coalesce($3 -> 'thresholds', '{}'), coalesce($3 -> 'targets', '{}'),
    coalesce($3 -> 'caps', '[]'), coalesce($3 -> 'key_features', '[]')
returning version
