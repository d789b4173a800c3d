-- $1 tenants of the rows, $2 the time zone of each. A row that moves to another account marks both.
with changed as (
    select tenant_id, account_id, metric_type, recorded_at, metric_value from new_rows
    union all
    select tenant_id, account_id, metric_type, recorded_at, - metric_value from old_rows
), marked as (
    insert into cs.health_dirty (tenant_id, account_id, by_usage)
    select distinct tenant_id, account_id, true
    from changed
    returning 1 as marked
), summed as (
    insert into cs.usage_daily_changes (tenant_id, account_id, metric_type, day, total, zone)
    select row.tenant_id, row.account_id, row.metric_type, day.local, sum(row.metric_value), tenant.zone
    from changed as row
    join unnest($1::uuid[], $2::text[]) as tenant (id, zone) on tenant.id = row.tenant_id
    cross join lateral (select (row.recorded_at at time zone tenant.zone)::date as local) as day
    group by row.tenant_id, row.account_id, row.metric_type, day.local, tenant.zone
    having sum(row.metric_value) <> 0
)
select marked from marked
