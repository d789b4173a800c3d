-- $1 tenant, $2 accounts or NULL for all, $3 level.
select
    health.account_id,
    '' as subject,
    jsonb_build_object(
        'previous_score', health.previous_score, 'score', health.overall_score, 'risk_level', health.risk_level
    ) as event,
    health.stale_feed as stale,
    coalesce(health.confidence = 'low', false) as uncertain
from cs.health_scores as health
where health.tenant_id = $1
    and health.is_current
    and ($2::uuid[] is null or health.account_id = any ($2))
    and health.risk_level = $3::cs.risk_level
