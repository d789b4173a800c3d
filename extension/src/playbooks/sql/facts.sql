-- $1 tenants, $2 accounts.
select
    account.id, account.name, account.status::text, account.current_stage, account.arr::text, tenant.slug as tenant_slug,
    account.csm_id, csm.full_name as csm_name, person.email as csm_email,
    health.overall_score, health.previous_score, health.risk_level::text,
    coalesce(health.confidence = 'low', false) as is_uncertain,
    coalesce(health.stale_feed, false) as is_stale
from unnest($1::uuid[], $2::uuid[]) as wanted (tenant_id, account_id)
join cs.accounts as account on account.tenant_id = wanted.tenant_id and account.id = wanted.account_id
join cs.tenants as tenant on tenant.id = account.tenant_id
left join cs.profiles as csm on csm.tenant_id = account.tenant_id and csm.user_id = account.csm_id
left join cs.users as person on person.id = account.csm_id
left join cs.health_scores as health
    on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current
