-- $1 tenant, $2 accounts or NULL for all. A ticket counts once, when it comes up: many that are closed together are no spike.
-- Usual is the median of the twelve weeks before the last one, of those that the account was there for, at least four, and
-- never less than a ticket a week.
with week as materialized (
    select
        cs.counted_days_ago($1, 7) as last,
        array(select cs.counted_days_ago($1, 7 * number) from generate_series(13, 1, -1) as number) as beginnings
), busy as (
    select metric.tenant_id, metric.account_id
    from week
    join cs.usage_metrics as metric
        on metric.tenant_id = $1
        and metric.metric_type = 'support_tickets'
        and metric.recorded_at > week.last
        and metric.recorded_at <= now()
        and ($2::uuid[] is null or metric.account_id = any ($2))
    group by metric.tenant_id, metric.account_id
    having sum(metric.metric_value) >= 3
), ticket as (
    select busy.account_id, first.quantity, first.recorded_at
    from busy
    cross join lateral (
        select distinct on (coalesce(metric.metadata ->> 'ticket_id', metric.id::text))
            metric.metric_value as quantity, metric.recorded_at
        from cs.usage_metrics as metric
        where metric.tenant_id = busy.tenant_id
            and metric.account_id = busy.account_id
            and metric.metric_type = 'support_tickets'
            and metric.recorded_at <= now()
        order by coalesce(metric.metadata ->> 'ticket_id', metric.id::text), metric.recorded_at, metric.id
    ) as first
), weekly as (
    -- Week 13 is the last one. It begins just after its bound.
    select
        ticket.account_id,
        width_bucket(ticket.recorded_at - interval '1 microsecond', week.beginnings) as number,
        sum(ticket.quantity) as quantity
    from ticket
    cross join week
    group by ticket.account_id, number
), seen as (
    select busy.account_id, min(first.recorded_at) as first_at
    from busy
    cross join unnest(enum_range(null::cs.metric_type)) as kind (metric_type)
    cross join lateral (
        select metric.recorded_at
        from cs.usage_metrics as metric
        where metric.tenant_id = busy.tenant_id
            and metric.account_id = busy.account_id
            and metric.metric_type = kind.metric_type
        order by metric.recorded_at
        limit 1
    ) as first
    group by busy.account_id
), usual as (
    select
        seen.account_id,
        greatest(
            1, percentile_cont(0.5) within group (order by coalesce(weekly.quantity, 0)::double precision)
        ) as quantity
    from seen
    cross join week
    cross join generate_series(1, 12) as number
    left join weekly on weekly.account_id = seen.account_id and weekly.number = number.number
    where week.beginnings[number.number] >= seen.first_at
    group by seen.account_id
    having count(*) >= 4
)
select
    recent.account_id,
    '' as subject,
    jsonb_build_object('tickets', trim_scale(recent.quantity), 'usual', usual.quantity) as event,
    false as stale,
    false as uncertain
from usual
join weekly as recent on recent.account_id = usual.account_id and recent.number = 13
where recent.quantity >= 3 and recent.quantity >= 2 * usual.quantity
