-- $1 tenant, $2 accounts, $3 time zone: appends what makes the sums by day of accounts right whose days are of another zone.
-- All of it is seen by one statement, so that rows which are written meanwhile are counted once.
with known as (
    select account_id, metric_type, day, total, zone
    from cs.usage_daily
    where tenant_id = $1 and account_id = any ($2)
    union all
    select account_id, metric_type, day, total, zone
    from cs.usage_daily_changes
    where tenant_id = $1 and account_id = any ($2)
), wrong as (
    select account_id from known group by account_id having bool_or(zone <> $3)
), stored as (
    select account_id, metric_type, day, sum(total) as total
    from known
    where account_id in (select account_id from wrong)
    group by account_id, metric_type, day
), counted as (
    select account_id, metric_type, (recorded_at at time zone $3)::date as day, sum(metric_value) as total
    from cs.usage_metrics
    where tenant_id = $1 and account_id in (select account_id from wrong)
    group by account_id, metric_type, day
)
insert into cs.usage_daily_changes (tenant_id, account_id, metric_type, day, total, zone, is_correction)
select
    $1, account_id, metric_type, day, coalesce(counted.total, 0) - coalesce(stored.total, 0), $3, true
from counted
full join stored using (account_id, metric_type, day)
