-- Owns the checks of milestones, those that are completed automatically, and the state of each.

create trigger t10_check
    before insert or update on cs.stage_milestones
    for each row execute function cs.tg_stage_milestones__check();

-- Milestones that are completed automatically, after the history of the same statement.
create trigger t55_auto_complete_inserted
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__auto_complete();
create trigger t55_auto_complete_changed
    after update on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__auto_complete();
create trigger t55_auto_complete
    after insert on cs.health_scores
    referencing new table as new_rows
    for each statement execute function cs.tg_health_scores__auto_complete();
create trigger t55_auto_complete_inserted
    after insert on cs.stage_milestones
    referencing new table as new_rows
    for each statement execute function cs.tg_stage_milestones__auto_complete();
create trigger t55_auto_complete_changed
    after update on cs.stage_milestones
    referencing new table as new_rows
    for each statement execute function cs.tg_stage_milestones__auto_complete();

alter table cs.stage_milestones add constraint stage_milestones_criteria_check
    check (criteria is null or cs.criteria_shape(criteria));

-- The planner replaces a call by this expression.
create or replace function cs.milestone_due_at(entered_at timestamptz, due_after_days integer)
returns timestamptz
language sql stable parallel safe
return entered_at + due_after_days * interval '24 hours';

alter function cs.milestone_due_at(timestamptz, integer) owner to cs_owner;
revoke execute on function cs.milestone_due_at(timestamptz, integer) from public;
comment on function cs.milestone_due_at(timestamptz, integer) is
    'Internal: when a milestone is due in a stay that began then; NULL: never.';

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
    settled.completed_at,
    settled.completed_by,
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
left join cs.counted_stays as stay
    on stay.tenant_id = account.tenant_id and stay.account_id = account.id and stay.exited_at is null
left join lateral (
    select cs.milestone_due_at(stay.entered_at, milestone.due_after_days) as at
) as due on true
where milestone.is_active or settled.state is not null;

alter view cs.account_milestone_status owner to cs_owner;
comment on view cs.account_milestone_status is 'The milestones of each account''s current stage, and their state.';
comment on column cs.account_milestone_status.state is 'open, done or waived.';
comment on column cs.account_milestone_status.due_at is 'When it is due, counted from when the account entered the stage; NULL: never.';
comment on column cs.account_milestone_status.is_overdue is 'Open although its time has passed.';
