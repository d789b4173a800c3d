-- $1 tenant, $2 accounts or NULL for all, $3 component, $4 threshold.
select
    health.account_id,
    '' as subject,
    jsonb_build_object(
        'previous_score', health.previous_score, 'score', health.overall_score, 'component', $3, 'threshold', $4,
        'component_score', component.score
    ) as event,
    health.stale_feed as stale,
    coalesce(health.confidence = 'low', false) as uncertain
from cs.health_scores as health
cross join lateral (
    select case $3
        when 'usage' then health.usage_score
        when 'engagement' then health.engagement_score
        when 'support' then health.support_score
        when 'adoption' then health.adoption_score
    end as score
) as component
where health.tenant_id = $1
    and health.is_current
    and ($2::uuid[] is null or health.account_id = any ($2))
    and component.score < $4
