-- $1 tenant, $2 accounts, $3 moment
select
    account.id as account_id,
    account.status = 'Churned' as is_churned,
    score.overall_score,
    score.raw_score,
    score.usage_score,
    score.engagement_score,
    score.support_score,
    score.adoption_score,
    score.risk_level::text,
    score.confidence,
    score.stale_feed,
    score.model_version,
    score.source,
    score.created_at,
    in_force.score as override_score
from cs.accounts as account
left join cs.health_scores as score
    on score.tenant_id = account.tenant_id and score.account_id = account.id and score.is_current
left join cs.health_overrides as in_force
    on in_force.tenant_id = account.tenant_id
    and in_force.account_id = account.id
    and in_force.ended_at is null
    and in_force.until > $3
where account.tenant_id = $1 and account.id = any ($2)
