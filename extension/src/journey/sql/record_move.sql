-- As record_moves.sql, for a move of one account that keeps its status and takes nothing back: $1 tenant, $2 account, $3 the stage
-- it leaves and $4 the one it enters, $5 when; $6 mover, $7 note, $8 why milestones were waived, $9 which.
with closed as (
    update cs.journey_history as stay
    set exited_at = greatest($5, stay.entered_at),
        duration_days = cs.days_between(stay.entered_at, greatest($5, stay.entered_at)),
        is_undone = false
    where stay.tenant_id = $1 and stay.account_id = $2 and stay.exited_at is null
    returning stay.exited_at
)
insert into cs.journey_history (
    tenant_id, account_id, from_stage, to_stage, entered_at, triggered_by, notes, override_reason, waived
)
values ($1, $2, $3, $4, coalesce((select closed.exited_at from closed), $5), $6, $7, $8, $9)
