-- $1 tenant, $2 kinds, $3 accounts, $4 first days (YYYY-MM-DD) of weeks, the earliest first, the last one after them; $5 time zone: sums
-- by week, counted from 1, and whether days are those of another zone, so that rows have to be read instead.
select account_id, metric_type, week, sum(total), bool_or(zone <> $5)
from (
    select account_id, metric_type, width_bucket(day, $4::text[]::date[]) as week, total, zone
    from cs.usage_daily
    where tenant_id = $1
        and account_id = any ($3)
        and metric_type = any ($2::text[]::cs.metric_type[])
        and day >= ($4::text[]::date[])[1] - 1
        and day <= ($4::text[]::date[])[cardinality($4)]
    union all
    select account_id, metric_type, width_bucket(day, $4::text[]::date[]), total, zone
    from cs.usage_daily_changes
    where tenant_id = $1
        and account_id = any ($3)
        and metric_type = any ($2::text[]::cs.metric_type[])
        and day >= ($4::text[]::date[])[1] - 1
        and day <= ($4::text[]::date[])[cardinality($4)]
) as it
group by account_id, metric_type, week
