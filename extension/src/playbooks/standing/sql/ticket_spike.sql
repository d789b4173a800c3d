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
    select distinct on (metric.account_id, coalesce(metric.metadata ->> 'ticket_id', metric.id::text))
        metric.account_id, metric.metric_value as quantity, metric.recorded_at
    from busy
    join cs.usage_metrics as metric
        on metric.tenant_id = busy.tenant_id
        and metric.account_id = busy.account_id
        and metric.metric_type = 'support_tickets'
        and metric.recorded_at <= now()
    order by metric.account_id, coalesce(metric.metadata ->> 'ticket_id', metric.id::text), metric.recorded_at, metric.id
), weekly as (
    -- Week 13 is the last one. It begins just after its bound.
    select
        ticket.account_id,
        width_bucket(ticket.recorded_at - interval '1 microsecond', week.beginnings) as number,
        sum(ticket.quantity) as quantity
    from ticket
    cross join week
    group by ticket.account_id, number
)
select
    busy.account_id,
    '' as subject,
    jsonb_build_object('tickets', trim_scale(recent.quantity), 'usual', usual.quantity) as event,
    false as stale,
    false as uncertain
from busy
cross join week
join weekly as recent on recent.account_id = busy.account_id and recent.number = 13
cross join lateral (
    select min(first.recorded_at) as at
    from unnest(enum_range(null::cs.metric_type)) as kind (metric_type)
    cross join lateral (
        select metric.recorded_at
        from cs.usage_metrics as metric
        where metric.tenant_id = busy.tenant_id
            and metric.account_id = busy.account_id
            and metric.metric_type = kind.metric_type
        order by metric.recorded_at
        limit 1
    ) as first
) as first_seen
cross join lateral (
    select
        greatest(1, percentile_cont(0.5) within group (order by coalesce(weekly.quantity, 0)::double precision)) as quantity,
        count(*) as weeks
    from generate_series(1, 12) as number
    left join weekly on weekly.account_id = busy.account_id and weekly.number = number.number
    where week.beginnings[number.number] >= first_seen.at
) as usual
where usual.weeks >= 4 and recent.quantity >= 3 and recent.quantity >= 2 * usual.quantity
