-- Owns the feed of journey_history: every door to accounts.current_stage passes here; how milestones stand, how fast stages are passed.

create or replace trigger t50_open_history
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__record_stage();

create or replace trigger t50_record_stage
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__record_stage();

create or replace trigger t10_check
    before insert or update on cs.stage_milestones
    for each row execute function cs.tg_stage_milestones__check();

-- Milestones that complete themselves, behind the history of the same statement.
create or replace trigger t55_reach_inserted
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__reach();
create or replace trigger t55_reach_changed
    after update on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__reach();
create or replace trigger t55_reach
    after insert on cs.health_scores
    referencing new table as new_rows
    for each statement execute function cs.tg_health_scores__reach();
create or replace trigger t55_reach_inserted
    after insert on cs.stage_milestones
    referencing new table as new_rows
    for each statement execute function cs.tg_stage_milestones__reach();
create or replace trigger t55_reach_changed
    after update on cs.stage_milestones
    referencing new table as new_rows
    for each statement execute function cs.tg_stage_milestones__reach();

alter table cs.stage_milestones drop constraint if exists stage_milestones_criteria_check;
alter table cs.stage_milestones add constraint stage_milestones_criteria_check
    check (criteria is null or cs.criteria_shape(criteria));

create or replace view cs.account_milestone_status
with (security_invoker = true) as
select
    account.tenant_id,
    account.id as account_id,
    account.name as account_name,
    milestone.id as milestone_id,
    stage.name as stage,
    milestone.title,
    milestone.is_required,
    coalesce(settled.state, 'open') as state,
    settled.reason,
    settled.settled_at,
    settled.settled_by,
    due.at as due_at,
    settled.state is null and coalesce(due.at < now(), false) as is_overdue,
    milestone.display_order
from cs.accounts as account
join cs.journey_stages as stage on stage.tenant_id = account.tenant_id and stage.name = account.current_stage
join cs.stage_milestones as milestone on milestone.tenant_id = stage.tenant_id and milestone.stage_id = stage.id
left join cs.account_milestones as settled
    on settled.tenant_id = account.tenant_id
    and settled.account_id = account.id
    and settled.milestone_id = milestone.id
left join cs.journey_history as stay
    on stay.tenant_id = account.tenant_id and stay.account_id = account.id and stay.exited_at is null
left join lateral (
    select stay.entered_at + milestone.due_after_days * interval '24 hours' as at
) as due on true
where milestone.is_active or settled.state is not null;

alter view cs.account_milestone_status owner to cs_owner;
comment on view cs.account_milestone_status is 'The milestones of each account''s present stage, and how they stand.';
comment on column cs.account_milestone_status.state is 'open, done or waived.';
comment on column cs.account_milestone_status.due_at is 'Its days after the account entered the stage; NULL: never due.';
comment on column cs.account_milestone_status.is_overdue is 'Open although its time has passed.';

create or replace view cs.stage_velocity
with (security_invoker = true) as
select
    stage.tenant_id,
    stage.id as stage_id,
    stage.name as stage,
    stage.display_order,
    stage.target_duration_days,
    count(stay.days)::integer as entered,
    count(stay.days) filter (where stay.is_over)::integer as completed,
    round(avg(stay.days) filter (where stay.is_over), 1) as mean_days,
    round((percentile_cont(0.5) within group (order by stay.days) filter (where stay.is_over))::numeric, 1) as median_days,
    round((percentile_cont(0.9) within group (order by stay.days) filter (where stay.is_over))::numeric, 1) as p90_days,
    count(stay.days) filter (where not stay.is_over)::integer as open_now,
    round(avg(stay.days) filter (where not stay.is_over), 1) as open_mean_days,
    round(
        count(stay.days) filter (where stay.is_over and stay.days > stage.target_duration_days)::numeric
            / nullif(count(stay.days) filter (where stay.is_over and stage.target_duration_days is not null), 0),
        3
    ) as over_target,
    round(
        count(stay.days) filter (where stay.is_over and stay.went_on and not stage.is_side and not stage.is_end)::numeric
            / nullif(count(stay.days) filter (where stay.is_over and not stage.is_side and not stage.is_end), 0),
        3
    ) as conversion
from cs.journey_stages as stage
left join (
    select
        walked.tenant_id,
        walked.to_stage,
        walked.exited_at is not null as is_over,
        extract(epoch from coalesce(walked.exited_at, now()) - walked.entered_at) / 86400 as days,
        following.display_order > here.display_order and not following.is_side and not following.is_end as went_on
    from (
        select
            history.*,
            lead(history.to_stage) over (
                partition by history.tenant_id, history.account_id
                order by history.entered_at, history.exited_at, history.id
            ) as next_stage
        from cs.journey_history as history
    ) as walked
    join cs.journey_stages as here on here.tenant_id = walked.tenant_id and here.name = walked.to_stage
    left join cs.journey_stages as following on following.tenant_id = walked.tenant_id and following.name = walked.next_stage
) as stay on stay.tenant_id = stage.tenant_id and stay.to_stage = stage.name
group by stage.tenant_id, stage.id;

alter view cs.stage_velocity owner to cs_owner;
comment on view cs.stage_velocity is 'How fast accounts pass each stage, over all their stays that the reader sees.';
comment on column cs.stage_velocity.entered is 'Stays begun.';
comment on column cs.stage_velocity.completed is 'Stays ended: of these are mean, median and 90th percentile, in days of 24 hours.';
comment on column cs.stage_velocity.open_mean_days is 'Mean age of the stays that go on.';
comment on column cs.stage_velocity.over_target is 'Share of the ended stays longer than the target, 0 to 1; NULL without a target.';
comment on column cs.stage_velocity.conversion is
    'Share of the ended stays that led straight to a later main stage, 0 to 1; NULL for stages beside the main line.';

create or replace view cs.portfolio_growth
with (security_invoker = true) as
select
    history.tenant_id,
    date_trunc('week', history.entered_at at time zone coalesce(tenant.settings ->> 'time_zone', 'UTC'))::date as week,
    history.from_stage,
    history.to_stage,
    count(*)::integer as entries
from cs.journey_history as history
join cs.tenants as tenant on tenant.id = history.tenant_id
group by history.tenant_id, week, history.from_stage, history.to_stage;

alter view cs.portfolio_growth owner to cs_owner;
comment on view cs.portfolio_growth is 'How many accounts entered each stage, from which, week by week.';
comment on column cs.portfolio_growth.week is 'The Monday it begins with, in the tenant''s time zone.';
comment on column cs.portfolio_growth.from_stage is 'NULL: new accounts.';
