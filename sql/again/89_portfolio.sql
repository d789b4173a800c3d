-- Owns the portfolio as it is today: the bands of health, revenue at risk, renewals, the load of each member.

-- The planner replaces a call by this expression, so it has to stay one, immutable and not strict.
create or replace function cs.health_band(status cs.account_status, risk_level text, confidence text)
returns text
language sql immutable parallel safe
return case
    when status = 'Paused' then 'Paused'
    when risk_level is null then 'No data'
    when confidence = 'low' then 'Uncertain'
    else risk_level
end;

alter function cs.health_band(cs.account_status, text, text) owner to cs_owner;
revoke execute on function cs.health_band(cs.account_status, text, text) from public;
comment on function cs.health_band(cs.account_status, text, text) is
    'Internal: which part of a chart of health an account is in: Healthy, At Risk or Critical; or No data, Uncertain (a score of low confidence) or Paused, which no average counts.';

create or replace view cs.health_distribution
with (security_invoker = true) as
select
    account.tenant_id,
    band.name as risk_level,
    count(*)::integer as accounts,
    count(*) filter (where score.confidence = 'low')::integer as low_confidence,
    coalesce(sum(counted.arr), 0) as arr,
    round(avg(score.overall_score) filter (where band.name in ('Healthy', 'At Risk', 'Critical')), 1) as average_score
from cs.accounts as account
join cs.counted_arr as counted on counted.tenant_id = account.tenant_id and counted.account_id = account.id
left join cs.health_scores as score
    on score.tenant_id = account.tenant_id and score.account_id = account.id and score.is_current
cross join lateral (
    select cs.health_band(account.status, score.risk_level::text, score.confidence) as name
) as band
where account.status <> 'Churned'
group by account.tenant_id, band.name;

alter view cs.health_distribution owner to cs_owner;
comment on view cs.health_distribution is
    'How many accounts, and how much ARR, are at each risk level; lost customers left out.';
comment on column cs.health_distribution.risk_level is
    'Healthy, At Risk, Critical; No data, Uncertain (scores of low confidence), or Paused.';
comment on column cs.health_distribution.low_confidence is 'Of these, accounts with too little data to act on.';
comment on column cs.health_distribution.average_score is 'Mean score; NULL for No data, Uncertain and Paused.';

create or replace view cs.revenue_at_risk
with (security_invoker = true) as
select
    overview.tenant_id,
    overview.id as account_id,
    overview.name,
    counted.arr,
    case when overview.risk_level = 'Critical' and not sure.uncertain then counted.arr else 0 end as critical_arr,
    round(counted.arr * (100 - overview.overall_score) / 100, 2) as exposure,
    counted.arr >= cs.high_value_arr(tenant.settings) as high_value,
    overview.overall_score,
    overview.score_change_30d,
    overview.risk_level,
    overview.confidence,
    case
        when health.source = 'override' then format('Override: %s', health.override_reason)
        when health.cap_reason is not null then health.cap_reason
        when worst.component is not null then format('%s %s, -%s', initcap(worst.component), worst.score, worst.points_lost)
    end as main_reason,
    overview.contract_end_date,
    overview.days_to_renewal,
    overview.current_stage as stage,
    overview.stage_color,
    overview.stage_state,
    overview.csm_id,
    overview.csm_name,
    sure.uncertain,
    case when sure.uncertain then 0 else counted.arr end as arr_at_risk,
    worst.component as main_component,
    worst.points_lost
from cs.account_overview as overview
join cs.tenants as tenant on tenant.id = overview.tenant_id
cross join lateral (select coalesce(overview.confidence = 'low', false) as uncertain) as sure
join cs.counted_arr as counted on counted.tenant_id = overview.tenant_id and counted.account_id = overview.id
join cs.health_current as health on health.tenant_id = overview.tenant_id and health.account_id = overview.id
left join cs.health_models as model on model.tenant_id = health.tenant_id and model.version = health.model_version
left join lateral (
    select part.name as component, part.score, round(part.weight * (100 - part.score) / part.whole)::integer as points_lost
    from (
        select known.name, known.score, known.weight, sum(known.weight) over () as whole
        from (
            values
                ('usage', health.usage_score, coalesce((model.weights ->> 'usage')::numeric, 25)),
                ('engagement', health.engagement_score, coalesce((model.weights ->> 'engagement')::numeric, 25)),
                ('support', health.support_score, coalesce((model.weights ->> 'support')::numeric, 25)),
                ('adoption', health.adoption_score, coalesce((model.weights ->> 'adoption')::numeric, 25))
        ) as known (name, score, weight)
        where known.score is not null
    ) as part
    where part.whole > 0 and part.score < 100
    order by part.weight * (100 - part.score) desc, part.name
    limit 1
) as worst on true
where overview.status = 'Active' and overview.risk_level in ('At Risk', 'Critical');

alter view cs.revenue_at_risk owner to cs_owner;
comment on view cs.revenue_at_risk is
    'The Active accounts that are At Risk or Critical, with the ARR that counts. An account without a score has no data, which is not a risk; one whose score is of low confidence is listed as uncertain and adds nothing to arr_at_risk.';
comment on column cs.revenue_at_risk.critical_arr is 'The ARR of Critical accounts; 0 for the others, and where it is uncertain.';
comment on column cs.revenue_at_risk.exposure is 'ARR times the points the score lacks, in percent: what to look at first.';
comment on column cs.revenue_at_risk.high_value is 'Whether the ARR that counts reaches the tenant''s setting high_value_arr, 50000 unless set.';
comment on column cs.revenue_at_risk.main_reason is
    'Why the score is what it is: the reason of an override or cap, else the component that costs most, with its score and the points it costs, such as Support 25, -18. NULL for an imported score without components.';
comment on column cs.revenue_at_risk.uncertain is 'Whether the score is of low confidence: too little data to call it a risk.';
comment on column cs.revenue_at_risk.arr_at_risk is 'What the account adds to revenue at risk: its ARR, or 0 where it is uncertain.';
comment on column cs.revenue_at_risk.main_component is
    'The component that costs most: usage, engagement, support or adoption; NULL for an imported score without components.';
comment on column cs.revenue_at_risk.points_lost is 'The points of the score that main_component costs.';

create or replace view cs.renewals
with (security_invoker = true) as
select
    account.tenant_id,
    account.id as account_id,
    account.name,
    date_trunc('month', account.contract_end_date::timestamp)::date as month,
    account.contract_end_date,
    cs.days_to_renewal(account.contract_end_date, tenant.settings, now()) as days_to_renewal,
    counted.arr,
    coalesce(health.risk_level::text, 'No data') as risk_level,
    health.overall_score,
    health.confidence,
    account.status::text as status,
    account.current_stage as stage,
    account.csm_id,
    csm.full_name as csm_name
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id
join cs.counted_arr as counted on counted.tenant_id = account.tenant_id and counted.account_id = account.id
left join cs.health_scores as health
    on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current
left join cs.profiles as csm on csm.tenant_id = account.tenant_id and csm.user_id = account.csm_id
where account.status <> 'Churned' and account.contract_end_date is not null;

alter view cs.renewals owner to cs_owner;
comment on view cs.renewals is
    'When the contracts of customers end, with their ARR and health. Includes contracts that have ended, until they are marked as renewed or lost.';
comment on column cs.renewals.month is 'The first day of the month in which the contract ends.';
comment on column cs.renewals.days_to_renewal is 'Days from today, in the tenant''s time zone; negative once it has ended.';
comment on column cs.renewals.risk_level is 'Healthy, At Risk, Critical, or No data.';

create or replace function cs.renewals_between(from_day date, to_day date, criteria jsonb default null)
returns setof cs.renewals
language sql stable rows 1000
begin atomic
    select renewal.*
    from cs.renewals as renewal
    where renewal.contract_end_date >= renewals_between.from_day
        and renewal.contract_end_date <= renewals_between.to_day
        and (
            renewals_between.criteria is null
            or renewal.account_id in (select cs.matching_accounts(renewals_between.criteria))
        );
end;

alter function cs.renewals_between(date, date, jsonb) owner to cs_owner;
revoke execute on function cs.renewals_between(date, date, jsonb) from public;
comment on function cs.renewals_between(date, date, jsonb) is
    'The renewals from one day to another, both included, of the accounts that meet criteria.';

create or replace view cs.csm_workload
with (security_invoker = true) as
select
    coalesce(profile.tenant_id, load.tenant_id) as tenant_id,
    profile.user_id,
    profile.full_name,
    profile.is_active,
    coalesce(load.accounts, 0) as accounts,
    coalesce(load.arr, 0) as arr,
    load.average_score,
    coalesce(load.at_risk, 0) as at_risk,
    coalesce(load.critical, 0) as critical,
    coalesce(load.stuck, 0) as stuck,
    coalesce(load.renewals_90d, 0) as renewals_90d,
    coalesce(overdue.milestones, 0) as overdue_milestones,
    coalesce(open.tasks, 0) as open_tasks,
    load.oldest_touch_days,
    coalesce(load.arr_at_risk, 0) as arr_at_risk,
    jsonb_build_object('all', jsonb_build_array(kept.lasting, kept.own)) as list,
    jsonb_build_object('all', jsonb_build_array(kept.lasting, kept.own, kept.risky)) as at_risk_list
from cs.profiles as profile
-- Accounts without a CSM find no profile and are a row of their own.
full join (
    select
        overview.tenant_id,
        overview.csm_id,
        count(*)::integer as accounts,
        sum(counted.arr) as arr,
        round(avg(overview.overall_score) filter (where band.name in ('Healthy', 'At Risk', 'Critical')), 1) as average_score,
        count(*) filter (where band.name = 'At Risk')::integer as at_risk,
        count(*) filter (where band.name = 'Critical')::integer as critical,
        count(*) filter (where overview.stage_state = 'stuck')::integer as stuck,
        count(*) filter (where overview.days_to_renewal between 0 and 90)::integer as renewals_90d,
        max(cs.days_between(coalesce(overview.last_touch_at, account.created_at), now())) as oldest_touch_days,
        sum(counted.arr) filter (where band.name in ('At Risk', 'Critical')) as arr_at_risk
    from cs.account_overview as overview
    join cs.accounts as account on account.tenant_id = overview.tenant_id and account.id = overview.id
    join cs.counted_arr as counted on counted.tenant_id = overview.tenant_id and counted.account_id = overview.id
    cross join lateral (
        select cs.health_band(overview.status::cs.account_status, overview.risk_level, overview.confidence) as name
    ) as band
    where overview.status <> 'Churned'
    group by overview.tenant_id, overview.csm_id
) as load on load.tenant_id = profile.tenant_id and load.csm_id = profile.user_id
left join (
    select account.tenant_id, account.csm_id, count(*)::integer as milestones
    from cs.account_milestone_status as milestone
    join cs.accounts as account on account.tenant_id = milestone.tenant_id and account.id = milestone.account_id
    where milestone.is_overdue and account.status <> 'Churned'
    group by account.tenant_id, account.csm_id
) as overdue
    on overdue.tenant_id = coalesce(profile.tenant_id, load.tenant_id)
    and overdue.csm_id is not distinct from profile.user_id
left join (
    select account.tenant_id, coalesce(task.assigned_to, account.csm_id) as person_id, count(*)::integer as tasks
    from cs.activities as task
    join cs.accounts as account on account.tenant_id = task.tenant_id and account.id = task.account_id
    where task.kind = 'task' and task.done_at is null and account.status <> 'Churned'
    group by account.tenant_id, person_id
) as open
    on open.tenant_id = coalesce(profile.tenant_id, load.tenant_id)
    and open.person_id is not distinct from profile.user_id
cross join lateral (
    select
        '{"field": "status", "op": "ne", "value": "Churned"}'::jsonb as lasting,
        case
            when profile.user_id is null then '{"field": "csm", "op": "is_not_set"}'
            else jsonb_build_object('field', 'csm', 'op', 'eq', 'value', profile.user_id)
        end as own,
        '{"field": "health_band", "op": "in", "value": ["At Risk", "Critical"]}'::jsonb as risky
) as kept;

alter view cs.csm_workload owner to cs_owner;
comment on view cs.csm_workload is
    'What each member looks after, of the accounts that the reader sees; lost customers left out. Former members are listed too, for accounts they left behind; accounts without a CSM are one row, so that all rows together are the portfolio.';
comment on column cs.csm_workload.user_id is 'NULL, as are full_name and is_active, for the accounts without a CSM.';
comment on column cs.csm_workload.average_score is 'Mean score; paused accounts and scores of low confidence left out, as in at_risk and critical.';
comment on column cs.csm_workload.stuck is 'Accounts that have been in their stage longer than 1.5 times its target.';
comment on column cs.csm_workload.renewals_90d is 'Accounts whose contract ends within 90 days from today.';
comment on column cs.csm_workload.overdue_milestones is 'Open milestones that are past due.';
comment on column cs.csm_workload.open_tasks is
    'Open tasks that are assigned to this person, or to no one and belong to one of these accounts.';
comment on column cs.csm_workload.oldest_touch_days is
    'Whole days since the last touch of the account that has waited longest; one never touched has waited since it was created. NULL without accounts.';
comment on column cs.csm_workload.arr_at_risk is 'The ARR of the accounts in at_risk and critical.';
comment on column cs.csm_workload.list is 'Criteria that match exactly these accounts.';
comment on column cs.csm_workload.at_risk_list is 'Criteria that match exactly the accounts in at_risk and critical.';
