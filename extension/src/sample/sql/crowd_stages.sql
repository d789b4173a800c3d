-- Owns the other accounts' journey: the open stay, opened by the insert, gets its time, and those before it are added.
with stay as (
    select
        it.tenant_id, it.id as account_id, it.path[step - 1] as from_stage, it.path[step] as to_stage,
        now() - (it.ends[cardinality(it.ends)] - coalesce(it.ends[step - 1], 0)) * interval '24 hours' as entered_at,
        case when step < cardinality(it.ends) - (it.stage = 'Churned')::integer then
            now() - (it.ends[cardinality(it.ends)] - it.ends[step]) * interval '24 hours'
        end as exited_at,
        it.ends[step] - coalesce(it.ends[step - 1], 0) as days
    from pg_temp.sample_crowd as it
    cross join lateral generate_subscripts(it.ends, 1) as step
    -- Lost accounts have not reached the end stage yet: their last stay is still open.
    where not (it.stage = 'Churned' and step = cardinality(it.ends))
), present as (
    update cs.journey_history as open
    set from_stage = stay.from_stage, entered_at = stay.entered_at
    from stay
    where open.tenant_id = stay.tenant_id
        and open.account_id = stay.account_id
        and open.exited_at is null
        and stay.exited_at is null
)
insert into cs.journey_history (tenant_id, account_id, from_stage, to_stage, entered_at, exited_at, duration_days)
select tenant_id, account_id, from_stage, to_stage, entered_at, exited_at, days
from stay
where exited_at is not null
