-- $1 tenant, $2 account: who moved it to its current stage, and when.
select
    mover.full_name as moved_by,
    to_char(stay.entered_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moved_at
from cs.journey_history as stay
left join cs.profiles as mover on mover.tenant_id = stay.tenant_id and mover.user_id = stay.triggered_by
where stay.tenant_id = $1 and stay.account_id = $2 and stay.exited_at is null
