-- Owns the views: fixed names and types for BI, one call for a page. All run with the rights of whoever reads them.

create or replace view cs.account_overview
with (security_invoker = true) as
select
    account.id,
    account.tenant_id,
    account.name,
    account.external_id,
    account.parent_id,
    parent.name as parent_name,
    account.hierarchy_level,
    account.hierarchy_path,
    account.current_stage,
    stage.color_hex as stage_color,
    stay.entered_at as stage_since,
    floor(stay.seconds / 86400)::integer as days_in_stage,
    cs.stage_state(stay.seconds, stage.target_duration_days) as stage_state,
    account.status,
    account.arr,
    account.contract_end_date,
    account.contract_end_date
        - (now() at time zone coalesce(tenant.settings ->> 'time_zone', 'UTC'))::date as days_to_renewal,
    account.crm_attributes ->> 'industry' as industry,
    account.csm_id,
    csm.full_name as csm_name,
    health.overall_score,
    health.previous_score,
    -- Not joins, this and the two below: after a limit, or where nobody asks, they are not looked up.
    health.overall_score - (
        select score.overall_score
        from cs.health_scores as score
        where score.tenant_id = account.tenant_id
            and score.account_id = account.id
            and score.created_at <= now() - interval '30 days'
        order by score.created_at desc
        limit 1
    ) as score_change_30d,
    health.risk_level,
    health.confidence,
    health.usage_score,
    health.engagement_score,
    health.support_score,
    health.adoption_score,
    (
        select activity.happened_at
        from cs.activities as activity
        where activity.tenant_id = account.tenant_id
            and activity.account_id = account.id
            and activity.happened_at <= now()
            and (activity.kind <> 'task' or activity.done_at is not null)
        order by activity.happened_at desc
        limit 1
    ) as last_touch_at,
    (
        select count(*)::integer
        from cs.webhook_queue as delivery
        where delivery.tenant_id = account.tenant_id
            and delivery.account_id = account.id
            and delivery.status in ('pending', 'processing')
    ) as open_runs,
    account.crm_attributes,
    account.version
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id
join cs.journey_stages as stage on stage.tenant_id = account.tenant_id and stage.name = account.current_stage
left join cs.accounts as parent on parent.tenant_id = account.tenant_id and parent.id = account.parent_id
left join cs.profiles as csm on csm.tenant_id = account.tenant_id and csm.user_id = account.csm_id
left join lateral (
    select history.entered_at, extract(epoch from now() - history.entered_at) as seconds
    from cs.journey_history as history
    where history.tenant_id = account.tenant_id and history.account_id = account.id and history.exited_at is null
) as stay on true
left join cs.health_scores as health
    on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current;

alter view cs.account_overview owner to cs_owner;
comment on view cs.account_overview is 'One row per account with stage, health, revenue and owner: the list of accounts.';
comment on column cs.account_overview.stage_since is 'When the account entered its present stage.';
comment on column cs.account_overview.days_in_stage is 'Whole days of 24 hours in the present stage.';
comment on column cs.account_overview.stage_state is
    'on_track up to the stage''s target, behind up to 1.5 times it, stuck beyond; NULL where the stage has no target.';
comment on column cs.account_overview.arr is 'Annual recurring revenue as entered, in the tenant''s currency.';
comment on column cs.account_overview.days_to_renewal is
    'Days from today, in the tenant''s time zone, to the end of the contract; negative once it has passed.';
comment on column cs.account_overview.overall_score is 'Current health, 0 to 100; NULL: no data.';
comment on column cs.account_overview.score_change_30d is
    'Points gained or lost against the score of 30 days ago; NULL where there was none.';
comment on column cs.account_overview.last_touch_at is
    'The last call, e-mail, meeting, note or task done; NULL: none.';
comment on column cs.account_overview.open_runs is 'Deliveries of playbooks still under way; 0 for readers who may not see them.';

create or replace view cs.members
with (security_invoker = true) as
select
    profile.tenant_id,
    profile.user_id,
    profile.full_name,
    person.email,
    profile.role,
    profile.is_active and person.is_active as is_active,
    owned.accounts,
    profile.created_at
from cs.profiles as profile
join cs.users as person on person.id = profile.user_id
cross join lateral (
    select count(*)::integer as accounts
    from cs.accounts as account
    where account.tenant_id = profile.tenant_id and account.csm_id = profile.user_id
) as owned;

alter view cs.members owner to cs_owner;
comment on view cs.members is 'The people of a tenant with their role.';
comment on column cs.members.is_active is 'false: sees and does nothing here any more.';
comment on column cs.members.accounts is 'How many accounts this person looks after, of those the reader sees.';

create or replace view cs.health_current
with (security_invoker = true) as
select
    score.tenant_id,
    score.account_id,
    account.name as account_name,
    score.overall_score,
    score.risk_level,
    score.previous_score,
    score.usage_score,
    score.engagement_score,
    score.support_score,
    score.adoption_score,
    score.raw_score,
    score.coverage,
    score.confidence,
    score.stale_feed,
    score.source,
    score.cause,
    overruled.reason as override_reason,
    overruled.until as override_until,
    score.inputs -> 'cap' ->> 'reason' as cap_reason,
    score.model_version,
    score.created_at as computed_at
from cs.health_scores as score
join cs.accounts as account on account.tenant_id = score.tenant_id and account.id = score.account_id
left join cs.health_overrides as overruled
    on overruled.tenant_id = score.tenant_id
    and overruled.account_id = score.account_id
    and overruled.ended_at is null
    and score.source = 'override'
where score.is_current;

alter view cs.health_current owner to cs_owner;
comment on view cs.health_current is 'The present health of each account that has one.';
comment on column cs.health_current.raw_score is 'The mean of the components by weight, before a cap or an override.';
comment on column cs.health_current.coverage is 'Share of the weights that had data, 0 to 1.';
comment on column cs.health_current.confidence is 'high, medium or low; low: too little data to act upon. NULL for imported scores counts as medium.';
comment on column cs.health_current.cap_reason is 'Why the score is capped; NULL where it is not.';
comment on column cs.health_current.computed_at is 'Since when this score is the present one.';

create or replace view cs.health_history
with (security_invoker = true) as
select
    score.tenant_id,
    score.account_id,
    account.name as account_name,
    score.created_at,
    score.overall_score,
    score.risk_level,
    score.previous_score,
    score.overall_score - score.previous_score as change,
    score.usage_score,
    score.engagement_score,
    score.support_score,
    score.adoption_score,
    score.raw_score,
    score.coverage,
    score.confidence,
    score.source,
    score.cause,
    score.model_version,
    score.is_current
from cs.health_scores as score
join cs.accounts as account on account.tenant_id = score.tenant_id and account.id = score.account_id;

alter view cs.health_history owner to cs_owner;
comment on view cs.health_history is 'Every score of each account: a row per change, and one a day where nothing changed.';
comment on column cs.health_history.change is 'Points gained or lost against the score before.';
comment on column cs.health_history.cause is
    'data, time, refresh, heartbeat, model, override or account; NULL where imported.';

create or replace view cs.health_distribution
with (security_invoker = true) as
select
    account.tenant_id,
    coalesce(score.risk_level::text, 'No data') as risk_level,
    count(*)::integer as accounts,
    count(*) filter (where score.confidence = 'low')::integer as low_confidence,
    coalesce(sum(counted.arr), 0) as arr,
    round(avg(score.overall_score) filter (where score.confidence is distinct from 'low'), 1) as average_score
from cs.accounts as account
join cs.counted_arr as counted on counted.tenant_id = account.tenant_id and counted.account_id = account.id
left join cs.health_scores as score
    on score.tenant_id = account.tenant_id and score.account_id = account.id and score.is_current
where account.status <> 'Churned'
group by account.tenant_id, coalesce(score.risk_level::text, 'No data');

alter view cs.health_distribution owner to cs_owner;
comment on view cs.health_distribution is
    'How many accounts, and how much ARR, are in each band of risk; lost customers left out.';
comment on column cs.health_distribution.risk_level is 'Healthy, At Risk, Critical, or No data.';
comment on column cs.health_distribution.low_confidence is 'Of these, accounts with too little data to act upon.';
comment on column cs.health_distribution.average_score is 'Mean score, without those of low confidence.';
