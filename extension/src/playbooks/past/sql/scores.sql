-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until: account by account the score that was shown then and those after it.
select
    account.id, shown.id, shown.created_at, shown.overall_score, shown.usage_score, shown.engagement_score, shown.support_score,
    shown.adoption_score, shown.risk_level::text, coalesce(shown.confidence = 'low', false), shown.stale_feed,
    shown.cause is not distinct from 'model'
from cs.accounts as account
cross join lateral (
    (
        select score.*
        from cs.health_scores as score
        where score.tenant_id = account.tenant_id and score.account_id = account.id and score.created_at <= $3
        order by score.created_at desc, score.id desc
        limit 1
    )
    union all
    (
        select score.*
        from cs.health_scores as score
        where score.tenant_id = account.tenant_id
            and score.account_id = account.id
            and score.created_at > $3
            and score.created_at <= $4
        order by score.created_at, score.id
    )
) as shown
where account.tenant_id = $1 and ($2::uuid[] is null or account.id = any ($2))
