insert into cs.health_scores (
    tenant_id, account_id, usage_score, engagement_score, support_score, adoption_score, overall_score, created_at,
    coverage, confidence
)
select
    account.tenant_id, account.id, $2[1], $2[2], $2[3], $2[4], $3, now() - $4 * interval '1 day', 1, 'high'
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id and tenant.slug = 'acme'
where account.external_id = $1
