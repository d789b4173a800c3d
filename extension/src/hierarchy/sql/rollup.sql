-- $1 tenant, $2 path, $3 the account itself. Health is of Active accounts with a score that is not of low confidence.
with family as (
    select
        account.id,
        account.name,
        account.parent_id,
        account.hierarchy_level,
        account.status,
        account.contract_end_date,
        case when account.status = 'Churned' then 0 else coalesce(account.arr, 0) end as arr,
        score.overall_score,
        score.risk_level,
        account.status = 'Active' and score.overall_score is not null and score.confidence is distinct from 'low' as is_scored
    from cs.accounts as account
    left join cs.health_scores as score
        on score.tenant_id = account.tenant_id and score.account_id = account.id and score.is_current
    where account.tenant_id = $1
        and (account.hierarchy_path = $2 or (account.hierarchy_path >= $2 || '/' and account.hierarchy_path < $2 || '0'))
), counted as (
    select
        family.*,
        case
            when cs.parent_arr_includes_children(tenant.settings)
                then greatest(0, family.arr - coalesce(below.arr, 0) - coalesce(hidden.arr, 0))
            else family.arr
        end as own_arr
    from family
    join cs.tenants as tenant on tenant.id = $1
    left join (
        select family.parent_id, sum(family.arr) as arr from family group by family.parent_id
    ) as below on below.parent_id = family.id
    left join cs.hidden_children() as hidden on hidden.tenant_id = $1 and hidden.parent_id = family.id
), summed as (
    select
        count(*)::integer as accounts,
        sum(own_arr) filter (where id = $3) as own_arr,
        sum(own_arr) as family_arr,
        -- Without any ARR to weight by, all have the same weight.
        round(coalesce(
            sum(own_arr * overall_score) filter (where is_scored)
                / nullif(sum(own_arr) filter (where is_scored), 0),
            avg(overall_score) filter (where is_scored)
        ))::integer as health,
        (array_agg(id order by overall_score, hierarchy_level, id) filter (where is_scored))[1] as worst,
        count(*) filter (where is_scored and risk_level = 'Critical')::integer as critical,
        coalesce(sum(own_arr) filter (where is_scored and risk_level in ('At Risk', 'Critical')), 0) as arr_at_risk,
        min(contract_end_date) filter (where status <> 'Churned') as earliest_renewal
    from counted
)
select
    summed.*,
    cs.risk_level(summed.health, $1)::text as risk_level,
    worst.overall_score as worst_score,
    worst.id as worst_account_id,
    worst.name as worst_name
from summed
left join family as worst on worst.id = summed.worst
