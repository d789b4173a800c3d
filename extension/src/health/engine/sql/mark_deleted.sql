with marked as (
    insert into cs.health_dirty (tenant_id, account_id, by_usage)
    select distinct tenant_id, account_id, false
    from old_rows
    returning 1 as marked
), summed as (
    insert into cs.usage_daily_changes (tenant_id, account_id, metric_type, day, total, zone)
    select row.tenant_id, row.account_id, row.metric_type, day.local, - sum(row.metric_value), tenant.zone
    from old_rows as row
    join (select id, cs.time_zone(settings) as zone from cs.tenants) as tenant on tenant.id = row.tenant_id
    cross join lateral (select (row.recorded_at at time zone tenant.zone)::date as local) as day
    where row.metric_value > 0
    group by row.tenant_id, row.account_id, row.metric_type, day.local, tenant.zone
)
select marked from marked
