-- $1 tenant, $2 moment, $3 kinds, $4 patience of each in days
with zone as (
    select cs.time_zone(settings) as name from cs.tenants where id = $1
), feed as (
    select
        wanted.kind::cs.metric_type as metric_type,
        zone.name as zone,
        (($2 at time zone zone.name) - wanted.patience * interval '1 day') at time zone zone.name as patience_start,
        (($2 at time zone zone.name) - (wanted.patience + 14) * interval '1 day') at time zone zone.name as regular_start
    from zone
    cross join unnest($3::text[], $4::integer[]) as wanted (kind, patience)
)
select
    feed.metric_type::text,
    latest.recorded_at as last,
    coalesce(latest.recorded_at > feed.patience_start, false) as is_fresh,
    -- How regular a feed was is only counted where it is not fresh: one look per day.
    case when latest.recorded_at <= feed.patience_start then (
        select count(*)
        from generate_series(
            date_trunc('day', feed.regular_start at time zone feed.zone),
            feed.patience_start at time zone feed.zone,
            interval '1 day'
        ) as day
        where exists (
            select
            from cs.usage_metrics as metric
            where metric.tenant_id = $1
                and metric.metric_type = feed.metric_type
                and metric.recorded_at > feed.regular_start
                and metric.recorded_at <= feed.patience_start
                and metric.recorded_at >= day at time zone feed.zone
                and metric.recorded_at < (day + interval '1 day') at time zone feed.zone
        )
    ) else 0 end as regular_days
from feed
left join lateral (
    select metric.recorded_at
    from cs.usage_metrics as metric
    where metric.tenant_id = $1 and metric.metric_type = feed.metric_type and metric.recorded_at <= $2
    order by metric.recorded_at desc
    limit 1
) as latest on true
