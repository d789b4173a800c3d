-- $1 tenant, $2 accounts. The largest first.
select
    account.id, account.name, account.arr, account.current_stage, csm.full_name as csm_name, health.overall_score,
    health.risk_level::text
from cs.accounts as account
left join cs.profiles as csm on csm.tenant_id = account.tenant_id and csm.user_id = account.csm_id
left join cs.health_scores as health
    on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current
where account.tenant_id = $1 and account.id = any ($2)
order by account.arr desc nulls last, account.name, account.id
