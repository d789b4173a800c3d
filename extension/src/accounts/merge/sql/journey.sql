-- $1 tenant, $2 account to keep, $3 merged. The stay it is in ends: the account to keep has its own.
update cs.journey_history as stay
set account_id = $2,
    exited_at = ending.at,
    duration_days = cs.days_between(stay.entered_at, ending.at)
from (select clock_timestamp() as now) as clock
cross join lateral (
    select stay_of.id, coalesce(stay_of.exited_at, greatest(clock.now, stay_of.entered_at)) as at
    from cs.journey_history as stay_of
    where stay_of.tenant_id = $1 and stay_of.account_id = $3
) as ending
where stay.tenant_id = $1 and stay.id = ending.id
returning 1 as moved
