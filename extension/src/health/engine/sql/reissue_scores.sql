-- $1 tenant, $2 accounts, $3 levels: the row that was just closed, again
insert into cs.health_scores (
    tenant_id, account_id, created_at, is_current, previous_score, overall_score, raw_score, usage_score,
    engagement_score, support_score, adoption_score, risk_level, model_version, coverage, confidence, source, cause,
    stale_feed, inputs
)
select
    $1, it.account_id, greatest(clock_timestamp(), last.created_at), true, last.overall_score, last.overall_score,
    last.raw_score, last.usage_score, last.engagement_score, last.support_score, last.adoption_score,
    it.risk_level::cs.risk_level, last.model_version, last.coverage, last.confidence, last.source, 'model',
    last.stale_feed, last.inputs
from unnest($2::uuid[], $3::text[]) as it (account_id, risk_level)
cross join lateral (
    select score.*
    from cs.health_scores as score
    where score.tenant_id = $1 and score.account_id = it.account_id
    order by score.created_at desc
    limit 1
) as last
