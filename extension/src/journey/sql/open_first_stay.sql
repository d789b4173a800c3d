-- $1 who made the accounts.
insert into cs.journey_history (tenant_id, account_id, to_stage, entered_at, triggered_by)
select tenant_id, id, current_stage, clock_timestamp(), $1
from new_rows
