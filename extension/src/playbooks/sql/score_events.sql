select
    new.id, new.tenant_id, new.account_id, new.overall_score, new.risk_level::text,
    new.usage_score, new.engagement_score, new.support_score, new.adoption_score,
    before.overall_score as previous_score,
    before.risk_level::text as previous_risk_level,
    before.usage_score as previous_usage_score,
    before.engagement_score as previous_engagement_score,
    before.support_score as previous_support_score,
    before.adoption_score as previous_adoption_score,
    coalesce(new.confidence = 'low', false) as low_confidence,
    new.stale_feed
from new_rows as new
left join lateral (
    select *
    from cs.health_scores as earlier
    where earlier.tenant_id = new.tenant_id and earlier.account_id = new.account_id
        and (earlier.created_at, earlier.id) < (new.created_at, new.id)
    order by earlier.created_at desc, earlier.id desc
    limit 1
) as before on true
where new.is_current
order by new.created_at, new.id
