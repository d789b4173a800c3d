-- Owns the journey as a whole: the columns of the board, and how fast accounts pass through the stages.

create or replace view cs.journey_board
with (security_invoker = true) as
select
    stage.tenant_id,
    stage.id as stage_id,
    stage.name as stage,
    stage.display_order,
    stage.color_hex,
    stage.is_side,
    stage.is_end,
    stage.wip_limit,
    stage.target_duration_days,
    count(here.account_id)::integer as accounts,
    coalesce(sum(here.arr), 0) as arr,
    round((percentile_cont(0.5) within group (order by here.seconds) / 86400)::numeric, 1) as median_days,
    count(here.over_seconds)::integer as overdue,
    count(*) filter (where here.stage_state = 'behind')::integer as behind,
    count(*) filter (where here.stage_state = 'stuck')::integer as stuck,
    coalesce(count(here.account_id) > stage.wip_limit, false) as over_limit
from cs.journey_stages as stage
left join (
    select
        stay.tenant_id, stay.stage_id, stay.account_id, stay.seconds, stay.over_seconds, stay.stage_state, counted.arr
    from cs.current_stays as stay
    join cs.counted_arr as counted on counted.tenant_id = stay.tenant_id and counted.account_id = stay.account_id
) as here on here.tenant_id = stage.tenant_id and here.stage_id = stage.id
group by stage.tenant_id, stage.id
having stage.is_active or count(here.account_id) > 0;

alter view cs.journey_board owner to cs_owner;
comment on view cs.journey_board is
    'The columns of the board: every active stage, and the accounts in it that the reader sees. board(criteria) has the cards.';
comment on column cs.journey_board.arr is 'ARR that counts, in the tenant''s currency.';
comment on column cs.journey_board.median_days is 'Median age of the stays in it, in days of 24 hours; NULL while it is empty.';
comment on column cs.journey_board.overdue is 'Accounts that have been in it longer than its target: behind and stuck together.';
comment on column cs.journey_board.behind is 'Accounts beyond the target, up to 1.5 times it.';
comment on column cs.journey_board.stuck is 'Accounts beyond 1.5 times the target.';
comment on column cs.journey_board.over_limit is 'More accounts than wip_limit.';

create or replace function cs.velocity_between(since timestamptz, until timestamptz, criteria jsonb default null)
returns table (
    tenant_id uuid,
    stage_id uuid,
    stage text,
    display_order integer,
    target_duration_days integer,
    entered integer,
    completed integer,
    mean_days numeric,
    median_days numeric,
    p90_days numeric,
    open_now integer,
    open_mean_days numeric,
    over_target numeric,
    conversion numeric
)
language sql stable
begin atomic
    select
        stage.tenant_id,
        stage.id,
        stage.name,
        stage.display_order,
        stage.target_duration_days,
        count(*) filter (where stay.has_begun)::integer,
        count(*) filter (where stay.is_over)::integer,
        round(avg(stay.days) filter (where stay.is_over), 1),
        round((percentile_cont(0.5) within group (order by stay.days) filter (where stay.is_over))::numeric, 1),
        round((percentile_cont(0.9) within group (order by stay.days) filter (where stay.is_over))::numeric, 1),
        count(*) filter (where stay.is_open)::integer,
        round(avg(stay.days) filter (where stay.is_open), 1),
        round(
            count(*) filter (where stay.is_over and stay.days > stage.target_duration_days)::numeric
                / nullif(count(*) filter (where stay.is_over and stage.target_duration_days is not null), 0),
            3
        ),
        round(
            count(*) filter (where stay.is_over and stay.went_on and not stage.is_side and not stage.is_end)::numeric
                / nullif(count(*) filter (where stay.is_over and not stage.is_side and not stage.is_end), 0),
            3
        )
    from cs.journey_stages as stage
    left join (
        select
            walked.tenant_id,
            walked.to_stage,
            walked.entered_at >= velocity_between.since as has_begun,
            walked.exited_at < velocity_between.until as is_over,
            walked.exited_at is null or walked.exited_at >= velocity_between.until as is_open,
            extract(epoch from least(walked.exited_at, velocity_between.until, now()) - walked.entered_at) / 86400 as days,
            following.display_order > here.display_order and not following.is_side and not following.is_end as went_on
        from (
            select
                history.tenant_id,
                history.to_stage,
                history.entered_at,
                history.exited_at,
                lead(history.to_stage) over (
                    partition by history.tenant_id, history.account_id
                    order by history.entered_at, history.exited_at, history.history_id
                ) as next_stage
            from cs.counted_stays as history
            where velocity_between.criteria is null
                or history.account_id in (select cs.matching_accounts(velocity_between.criteria))
        ) as walked
        join cs.journey_stages as here on here.tenant_id = walked.tenant_id and here.name = walked.to_stage
        left join cs.journey_stages as following
            on following.tenant_id = walked.tenant_id and following.name = walked.next_stage
        where walked.entered_at < velocity_between.until
            and (walked.exited_at is null or walked.exited_at >= velocity_between.since)
    ) as stay on stay.tenant_id = stage.tenant_id and stay.to_stage = stage.name
    where cs.check_period(velocity_between.since, velocity_between.until)
    group by stage.tenant_id, stage.id;
end;

alter function cs.velocity_between(timestamptz, timestamptz, jsonb) owner to cs_owner;
revoke execute on function cs.velocity_between(timestamptz, timestamptz, jsonb) from public;
comment on function cs.velocity_between(timestamptz, timestamptz, jsonb) is
    'How fast accounts passed each stage from since to before until: entered and completed count stays that began and ended in the period; mean, median, 90th percentile, over_target and conversion are of those that ended in it; open_now and open_mean_days are of those still open at its end, at their age then. Moves that were taken back, and the way back, count nowhere. criteria: of which accounts; NULL: all. Errors: 22023 where since is not before until.';

create or replace view cs.stage_velocity
with (security_invoker = true) as
select
    velocity.tenant_id,
    velocity.stage_id,
    velocity.stage,
    velocity.display_order,
    velocity.target_duration_days,
    velocity.entered,
    velocity.completed,
    velocity.mean_days,
    velocity.median_days,
    velocity.p90_days,
    velocity.open_now,
    velocity.open_mean_days,
    velocity.over_target,
    velocity.conversion
from cs.velocity_between('-infinity', 'infinity') as velocity;

alter view cs.stage_velocity owner to cs_owner;
comment on view cs.stage_velocity is 'How fast accounts pass each stage, over all stays that the reader sees.';
comment on column cs.stage_velocity.entered is 'Stays that began.';
comment on column cs.stage_velocity.completed is 'Stays that ended: mean, median and 90th percentile are of these, in days of 24 hours.';
comment on column cs.stage_velocity.open_mean_days is 'Mean age of the stays that are still open.';
comment on column cs.stage_velocity.over_target is 'Share of the ended stays longer than the target, 0 to 1; NULL without a target.';
comment on column cs.stage_velocity.conversion is
    'Share of the ended stays that led straight to a later main stage, 0 to 1; NULL for side stages.';
