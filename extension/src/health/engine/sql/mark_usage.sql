-- <changed>: the rows that a statement adds, and those that it takes away with their quantities negated. $1 tenants of the rows,
-- $2 the time zone of each, $3 whether usage arrived. A row that moves to another account marks both.
with changed as not materialized (
    <changed>
), marked as (
    insert into cs.health_dirty (tenant_id, account_id, by_usage)
    select distinct tenant_id, account_id, $3
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
