-- Owns when the lost accounts were lost: the move that came with their status gets its time in the past.
with lost as (
    select
        it.tenant_id, it.id as account_id,
        now() - (it.ends[cardinality(it.ends)] - it.ends[cardinality(it.ends) - 1]) * interval '24 hours' as at
    from pg_temp.sample_crowd as it
    where it.stage = 'Churned'
), left_behind as (
    update cs.journey_history as stay
    set exited_at = lost.at,
        duration_days = cs.days_between(stay.entered_at, lost.at)
    from lost
    where stay.tenant_id = lost.tenant_id
        and stay.account_id = lost.account_id
        and stay.to_stage = 'At Risk'
)
update cs.journey_history as stay
set entered_at = lost.at
from lost
where stay.tenant_id = lost.tenant_id and stay.account_id = lost.account_id and stay.exited_at is null
