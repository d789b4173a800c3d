-- $1 tenant, $2 account: its current stay, with what it takes to undo the move that began it.
select id, from_stage, waived, resumes is not null as is_undo, clock_timestamp() - entered_at <= cs.undo_time() as is_fresh
from cs.journey_history
where tenant_id = $1 and account_id = $2 and exited_at is null
