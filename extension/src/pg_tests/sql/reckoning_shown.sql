-- The lines of the reckoning, as the product says them.
select 'retention ' || concat_ws(' ', month, start_arr, end_arr, kept, grr, nrr, accounts_start, accounts_lost) as line
from cs.retention where start_arr > 0
union all
select 'bridge ' || concat_ws(' ', month, start_arr, new_arr, returned_arr, expansion, contraction, churned_arr, end_arr)
from cs.arr_bridge
union all
select 'cohort ' || concat_ws(' ', cohort, (cohort + months_since * interval '1 month')::date, accounts_started, accounts, arr, accounts_kept)
from cs.cohorts
union all
select 'velocity ' || concat_ws(' ', period.name, it.stage, it.entered, it.completed, coalesce(it.mean_days::text, '-'),
    coalesce(it.median_days::text, '-'), it.open_now, coalesce(it.open_mean_days::text, '-'), coalesce(it.conversion::text, '-'))
from (
    select 'all' as name, '-infinity'::timestamptz as since, 'infinity'::timestamptz as until
    union all
    select 'month ' || month.month, month.since, month.until from pg_temp.months as month where month.until < now()
) as period
cross join lateral cs.velocity_between(period.since, period.until) as it
union all
select 'growth ' || concat_ws(' ', week, coalesce(from_stage, '-'), to_stage, entries) from cs.portfolio_growth
union all
select 'flow ' || concat_ws(' ', month.month, coalesce(flow ->> 'from_stage', '-'), flow ->> 'to_stage', flow ->> 'moves',
    coalesce(flow ->> 'median_days', '-'))
from pg_temp.months as month
cross join lateral jsonb_array_elements(cs.growth_between(month.since, month.until) -> 'flows') as flow
union all
select 'stay ' || concat_ws(' ', id, current_stage, stage_since at time zone 'UTC', days_in_stage) from cs.account_overview
union all
select 'before ' || concat_ws(' ', month.month, it #>> '{accounts,before}', it #>> '{total_arr,before}')
from pg_temp.months as month
cross join lateral cast(cs.executive_dashboard(null, month.since) -> 'kpis' as jsonb) as it
