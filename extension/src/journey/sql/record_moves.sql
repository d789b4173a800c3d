-- $1 mover; the context of the move of account $2: $3 note, $4 why milestones were waived, $5 which, $6 whether it takes back
-- the move before it.
with moved as materialized (
    -- One moment for each, at which one stay ends and the next begins.
    select
        new.tenant_id, new.id, old.current_stage as from_stage, new.current_stage as to_stage, clock_timestamp() as at,
        case when new.status <> old.status then old.status end as status_before
    from new_rows as new
    join old_rows as old using (tenant_id, id)
    where old.current_stage <> new.current_stage
        -- A rename cascades to here too; its old name no longer exists, and it is not a move.
        and exists (
            select from cs.journey_stages as stage
            where stage.tenant_id = old.tenant_id and stage.name = old.current_stage
        )
), closed as (
    update cs.journey_history as stay
    set exited_at = greatest(moved.at, stay.entered_at),
        duration_days = cs.days_between(stay.entered_at, greatest(moved.at, stay.entered_at)),
        is_undone = coalesce($6 and moved.id = $2, false)
    from moved
    where stay.tenant_id = moved.tenant_id and stay.account_id = moved.id and stay.exited_at is null
    returning stay.tenant_id, stay.account_id, stay.exited_at
), resumed as (
    -- The stay that an undo returns to goes on, from when it first began.
    update cs.journey_history as stay
    set is_resumed = true
    from moved
    cross join lateral (
        select before.id, before.to_stage
        from cs.journey_history as before
        where before.tenant_id = moved.tenant_id
            and before.account_id = moved.id
            and before.exited_at is not null
            and not before.is_undone
            and not before.is_resumed
        order by before.entered_at desc, before.id desc
        limit 1
    ) as last
    where $6
        and moved.id = $2
        and last.to_stage = moved.to_stage
        and stay.tenant_id = moved.tenant_id
        and stay.id = last.id
    returning stay.tenant_id, stay.account_id, coalesce(stay.resumes, stay.id) as first_id
)
insert into cs.journey_history (
    tenant_id, account_id, from_stage, to_stage, entered_at, triggered_by, notes, override_reason, waived,
    resumes, status_before
)
select
    moved.tenant_id, moved.id, moved.from_stage, moved.to_stage, coalesce(closed.exited_at, moved.at), $1,
    case when moved.id = $2 then $3 end, case when moved.id = $2 then $4 end, case when moved.id = $2 then $5 end,
    resumed.first_id, moved.status_before
from moved
left join closed on closed.tenant_id = moved.tenant_id and closed.account_id = moved.id
left join resumed on resumed.tenant_id = moved.tenant_id and resumed.account_id = moved.id
