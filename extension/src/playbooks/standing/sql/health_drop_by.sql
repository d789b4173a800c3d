-- $1 tenant, $2 accounts or NULL for all, $3 points, $4 days. The score that the time begins with counts too.
select
    health.account_id,
    '' as subject,
    jsonb_build_object(
        'previous_score', health.previous_score, 'score', health.overall_score, 'points', $3, 'days', $4,
        'highest_score', highest.score
    ) as event,
    health.stale_feed as stale,
    coalesce(health.confidence = 'low', false) as uncertain
from cs.health_scores as health
cross join lateral (select now() - $4 * interval '1 day' as since) as beginning
cross join lateral (
    select greatest(
        (select shown.overall_score from cs.score_at(health.tenant_id, health.account_id, beginning.since) as shown),
        (
            select max(earlier.overall_score)
            from cs.health_scores as earlier
            where earlier.tenant_id = health.tenant_id
                and earlier.account_id = health.account_id
                and earlier.created_at > beginning.since
        )
    ) as score
) as highest
where health.tenant_id = $1
    and health.is_current
    and ($2::uuid[] is null or health.account_id = any ($2))
    and highest.score - health.overall_score >= $3
