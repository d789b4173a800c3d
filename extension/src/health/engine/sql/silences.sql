-- $1 tenant, $2 moment, $3 how far back: the times between two rows of a kind that are too long for rows that come
-- regularly. Each step goes to the last row that came soon after, or to the first one that came later; so a year of rows is
-- a hundred steps. The last row of each kind has none after it.
with recursive kind as (
    select metric_type, case metric_type when 'support_tickets' then interval '167 hours' else interval '71 hours' end as soon
    from unnest(enum_range(null::cs.metric_type)) as it (metric_type)
), step (metric_type, soon, since, at, is_silence) as (
    select kind.metric_type, kind.soon, null::timestamptz, first.recorded_at, false
    from kind
    cross join lateral (
        select recorded_at
        from cs.usage_metrics
        where tenant_id = $1 and metric_type = kind.metric_type and recorded_at > $3 and recorded_at <= $2
        order by recorded_at
        limit 1
    ) as first
    union all
    select step.metric_type, step.soon, step.at, coalesce(near.recorded_at, later.recorded_at), near.recorded_at is null
    from step
    left join lateral (
        select recorded_at
        from cs.usage_metrics
        where tenant_id = $1
            and metric_type = step.metric_type
            and recorded_at > step.at
            and recorded_at <= least(step.at + step.soon, $2)
        order by recorded_at desc
        limit 1
    ) as near on true
    left join lateral (
        select recorded_at
        from cs.usage_metrics
        where near.recorded_at is null
            and tenant_id = $1
            and metric_type = step.metric_type
            and recorded_at > step.at
            and recorded_at <= $2
        order by recorded_at
        limit 1
    ) as later on true
    where coalesce(near.recorded_at, later.recorded_at) is not null
)
select metric_type::text, since as last, at as next
from step
where is_silence
union all
select kind.metric_type::text, latest.recorded_at, null
from kind
cross join lateral (
    select recorded_at
    from cs.usage_metrics
    where tenant_id = $1 and metric_type = kind.metric_type and recorded_at <= $2
    order by recorded_at desc
    limit 1
) as latest
