select account.id as account_id, array_agg(score.overall_score order by week.ago desc) as scores
from cs.accounts as account
cross join generate_series(0, $2 - 1) as week (ago)
left join lateral cs.score_at(account.tenant_id, account.id, now() - week.ago * interval '7 days') as score on true
where account.id = any ($1)
group by account.id
