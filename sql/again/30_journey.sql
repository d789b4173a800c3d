-- Owns the feed of journey_history, which every change of accounts.current_stage passes through; the stays that accounts are
-- in, and the path of an account through the stages.

create trigger t50_open_history
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__record_stage();

create trigger t50_record_stage
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__record_stage();

-- The planner replaces a call of these by their expression, so each has to stay one expression, immutable and not strict.
create or replace function cs.stage_state(seconds numeric, target_days integer)
returns text
language sql immutable
return case
    when target_days is not null then
        -- How many of the bounds it has not passed; named only once, seconds may be a query of its own.
        case width_bucket(- seconds, array[target_days * -129600.0, target_days * -86400.0])
            when 2 then 'on_track'
            when 1 then 'behind'
            when 0 then 'stuck'
        end
end;

alter function cs.stage_state(numeric, integer) owner to cs_owner;
revoke execute on function cs.stage_state(numeric, integer) from public;
comment on function cs.stage_state(numeric, integer) is
    'Internal: this many seconds in a stage against its target in days of 24 hours: on_track up to it, behind up to 1.5 times it, stuck beyond; NULL without a target or a stay.';

create or replace function cs.days_between(since timestamptz, until timestamptz)
returns integer
language sql immutable parallel safe
return greatest(0, floor(extract(epoch from until - since) / 86400))::integer;

alter function cs.days_between(timestamptz, timestamptz) owner to cs_owner;
revoke execute on function cs.days_between(timestamptz, timestamptz) from public;
comment on function cs.days_between(timestamptz, timestamptz) is
    'Internal: whole days of 24 hours from one moment to another, in any time zone; 0 where the first is the later one, as what was written in the transaction that asks.';

create or replace function cs.undo_time()
returns interval
language sql immutable parallel safe
return interval '10 minutes';

alter function cs.undo_time() owner to cs_owner;
revoke execute on function cs.undo_time() from public;
comment on function cs.undo_time() is 'Internal: how long a move between stages can be undone.';

create or replace view cs.counted_stays
with (security_invoker = true) as
select
    stay.tenant_id,
    stay.account_id,
    stay.id as history_id,
    case
        when stay.resumes is null then stay.from_stage
        else (
            select first.from_stage
            from cs.journey_history as first
            where first.tenant_id = stay.tenant_id and first.id = stay.resumes
        )
    end as from_stage,
    stay.to_stage,
    -- No join: it is looked up for the few rows that have one, and the planner has no more tables to put in order.
    case
        when stay.resumes is null then stay.entered_at
        else (
            select first.entered_at
            from cs.journey_history as first
            where first.tenant_id = stay.tenant_id and first.id = stay.resumes
        )
    end as entered_at,
    stay.exited_at
from cs.journey_history as stay
where not stay.is_undone and not stay.is_resumed;

alter view cs.counted_stays owner to cs_owner;
comment on view cs.counted_stays is
    'The stays that clocks and statistics count: what was taken back is left out, and the stay it interrupted is one row, from when it first began.';
comment on column cs.counted_stays.history_id is 'Its row of journey_history; of a stay that goes on after an undo, the last.';
comment on column cs.counted_stays.from_stage is 'The stage before; NULL for the first.';
comment on column cs.counted_stays.exited_at is 'When it ended; NULL for the current stay.';

create or replace view cs.stage_stays
with (security_invoker = true) as
select
    stay.tenant_id,
    stay.account_id,
    account.name as account_name,
    stay.to_stage as stage,
    stay.from_stage,
    lead(stay.to_stage) over later as next_stage,
    stay.entered_at,
    stay.exited_at,
    round((extract(epoch from coalesce(stay.exited_at, now()) - stay.entered_at) / 86400)::numeric, 2) as days,
    stage.target_duration_days as target_days,
    account.csm_id,
    person.full_name as csm_name
from cs.counted_stays as stay
join cs.accounts as account on account.tenant_id = stay.tenant_id and account.id = stay.account_id
left join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
left join cs.profiles as person on person.tenant_id = account.tenant_id and person.user_id = account.csm_id
window later as (partition by stay.tenant_id, stay.account_id order by stay.entered_at, stay.exited_at);

alter view cs.stage_stays owner to cs_owner;
comment on view cs.stage_stays is
    'Every stay of every account in a stage, with names, past ones and the current one: how long accounts take from a stage to the next, by CSM. What was taken back is left out, as in counted_stays.';
comment on column cs.stage_stays.from_stage is 'The stage before; NULL for the first.';
comment on column cs.stage_stays.next_stage is 'The stage it went to; NULL for the current stay.';
comment on column cs.stage_stays.exited_at is 'When it ended; NULL for the current stay.';
comment on column cs.stage_stays.days is 'How long it lasted, in days of 24 hours; the current stay up to now.';
comment on column cs.stage_stays.target_days is 'How long the stage should take at most, as the stage says now; NULL: no target, or the stage is gone.';
comment on column cs.stage_stays.csm_name is 'The name of the account''s CSM of today; NULL: nobody is.';

create or replace view cs.current_stays
with (security_invoker = true) as
select
    stay.tenant_id,
    stay.account_id,
    stay.history_id,
    stage.id as stage_id,
    stay.entered_at as since,
    elapsed.seconds,
    case when elapsed.seconds > target.seconds then elapsed.seconds - target.seconds end as over_seconds,
    cs.stage_state(elapsed.seconds, stage.target_duration_days) as stage_state
from cs.counted_stays as stay
join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
cross join lateral (select extract(epoch from now() - stay.entered_at) as seconds) as elapsed
cross join lateral (select stage.target_duration_days * 86400.0 as seconds) as target
where stay.exited_at is null;

alter view cs.current_stays owner to cs_owner;
comment on view cs.current_stays is 'The stay that each account is in, against the target of its stage.';
comment on column cs.current_stays.history_id is 'Its row of journey_history: the argument of undo_stage_move.';
comment on column cs.current_stays.since is 'When it began; a move that was taken back does not end it.';
comment on column cs.current_stays.seconds is 'How long it has lasted.';
comment on column cs.current_stays.over_seconds is 'How long it has been beyond the target; NULL up to the target, and without one.';
comment on column cs.current_stays.stage_state is
    'on_track up to the target, behind up to 1.5 times it, stuck beyond; NULL without a target.';

create or replace function cs.journey_steps(account_id uuid)
returns table (
    stage_id uuid, stage text, display_order integer, color_hex text, is_side boolean, is_end boolean, is_current boolean,
    entered integer, first_entered_at timestamptz, last_entered_at timestamptz, days numeric, target_days integer, state text
)
language sql stable rows 10
begin atomic
    with it as materialized (
        select place.tenant_id from cs.account_place(journey_steps.account_id) as place
    ), walked as (
        select
            stay.to_stage,
            count(*)::integer as entered,
            min(stay.entered_at) as first_entered_at,
            max(stay.entered_at) as last_entered_at,
            sum(extract(epoch from coalesce(stay.exited_at, now()) - stay.entered_at)) as seconds,
            bool_or(stay.exited_at is null) as is_current
        from cs.counted_stays as stay
        where stay.tenant_id = (select it.tenant_id from it) and stay.account_id = journey_steps.account_id
        group by stay.to_stage
    )
    select
        stage.id,
        stage.name,
        stage.display_order,
        stage.color_hex,
        stage.is_side,
        stage.is_end,
        coalesce(walked.is_current, false),
        coalesce(walked.entered, 0),
        walked.first_entered_at,
        walked.last_entered_at,
        round(coalesce(walked.seconds, 0) / 86400, 1),
        stage.target_duration_days,
        cs.stage_state(walked.seconds, stage.target_duration_days)
    from cs.journey_stages as stage
    left join walked on walked.to_stage = stage.name
    where stage.tenant_id = (select it.tenant_id from it)
        and (walked.entered is not null or stage.is_active and not stage.is_side and not stage.is_end)
    order by stage.display_order, stage.name;
end;

alter function cs.journey_steps(uuid) owner to cs_owner;
revoke execute on function cs.journey_steps(uuid) from public;
comment on function cs.journey_steps(uuid) is
    'The path of an account through the stages, a row per main stage in order, and per other stage it has been in: how often it entered, how many days of 24 hours it was there in total, and how these compare with the target (on_track up to it, behind up to 1.5 times it, stuck beyond; NULL without a target or a stay). Moves that were taken back are left out. Errors: P0002 no such account.';

create or replace view cs.portfolio_growth
with (security_invoker = true) as
select
    history.tenant_id,
    date_trunc('week', cs.local_time(tenant.settings, history.entered_at))::date as week,
    history.from_stage,
    history.to_stage,
    count(*)::integer as entries
from cs.counted_stays as history
join cs.tenants as tenant on tenant.id = history.tenant_id
group by history.tenant_id, week, history.from_stage, history.to_stage;

alter view cs.portfolio_growth owner to cs_owner;
comment on view cs.portfolio_growth is 'How many accounts entered each stage, from which, week by week; moves that were taken back are left out.';
comment on column cs.portfolio_growth.week is 'The Monday it begins with, in the tenant''s time zone.';
comment on column cs.portfolio_growth.from_stage is 'NULL: new accounts.';
