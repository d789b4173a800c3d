-- Owns the list of accounts, with fixed names and types for BI. As all views, it runs with the rights of its reader.

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
    cs.days_between(stay.entered_at, now()) as days_in_stage,
    cs.stage_state(stay.seconds, stage.target_duration_days) as stage_state,
    account.status::text as status,
    account.arr,
    account.contract_end_date,
    cs.days_to_renewal(account.contract_end_date, tenant.settings, now()) as days_to_renewal,
    account.crm_attributes ->> 'industry' as industry,
    coalesce(
        (health.inputs ->> 'seats')::numeric,
        case when jsonb_typeof(account.crm_attributes -> 'seats') = 'number' then (account.crm_attributes ->> 'seats')::numeric end
    ) as seats,
    account.csm_id,
    csm.full_name as csm_name,
    person.email as csm_email,
    health.overall_score,
    health.previous_score,
    -- This and the two below are not joins: after a limit, or where the column is not read, they are not looked up.
    health.overall_score - (
        select month_ago.overall_score
        from cs.score_at(account.tenant_id, account.id, now() - interval '30 days') as month_ago
    ) as score_change_30d,
    health.risk_level::text as risk_level,
    health.confidence,
    health.usage_score,
    health.engagement_score,
    health.support_score,
    health.adoption_score,
    (
        select touch.happened_at from cs.last_touch(account.tenant_id, account.id, now()) as touch
    ) as last_touch_at,
    (
        select count(*)::integer
        from cs.webhook_queue as delivery
        where delivery.tenant_id = account.tenant_id
            and delivery.account_id = account.id
            and delivery.status in ('pending', 'processing')
    ) as open_runs,
    account.crm_attributes,
    account.created_at,
    account.updated_at,
    account.version
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id
join cs.journey_stages as stage on stage.tenant_id = account.tenant_id and stage.name = account.current_stage
left join cs.accounts as parent on parent.tenant_id = account.tenant_id and parent.id = account.parent_id
left join cs.profiles as csm on csm.tenant_id = account.tenant_id and csm.user_id = account.csm_id
left join cs.users as person on person.id = csm.user_id
left join lateral (
    select history.entered_at, extract(epoch from now() - history.entered_at) as seconds
    from cs.counted_stays as history
    where history.tenant_id = account.tenant_id and history.account_id = account.id and history.exited_at is null
) as stay on true
left join cs.health_scores as health
    on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current;

alter view cs.account_overview owner to cs_owner;
comment on view cs.account_overview is 'One row per account with stage, health, revenue and owner: the list of accounts.';
comment on column cs.account_overview.stage_since is 'When the account entered its current stage; a move that was taken back does not change it.';
comment on column cs.account_overview.days_in_stage is 'Whole days of 24 hours in the current stage.';
comment on column cs.account_overview.stage_state is
    'on_track up to the stage''s target, behind up to 1.5 times it, stuck beyond; NULL where the stage has no target.';
comment on column cs.account_overview.arr is 'Annual recurring revenue as entered, in the tenant''s currency.';
comment on column cs.account_overview.days_to_renewal is
    'Days from today, in the tenant''s time zone, to the end of the contract; negative once it has passed.';
comment on column cs.account_overview.overall_score is 'Current health, 0 to 100; NULL: no data.';
comment on column cs.account_overview.score_change_30d is
    'Points gained or lost since the score of 30 days ago; NULL: there was none.';
comment on column cs.account_overview.last_touch_at is
    'The last call, e-mail, meeting, note or task done; NULL: none.';
comment on column cs.account_overview.open_runs is 'Deliveries of playbooks still in progress; 0 for readers who may not see them.';
