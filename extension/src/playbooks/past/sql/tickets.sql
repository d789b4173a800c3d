-- $1 tenant, $2 accounts or NULL for all, $3 since, which is not asked for, $4 until: every ticket once, when it came up.
select
    ticket.account_id, ticket.recorded_at, ticket.metric_value::double precision
from (
    select distinct on (metric.account_id, coalesce(metric.metadata ->> 'ticket_id', metric.id::text))
        metric.account_id, metric.metric_value, metric.recorded_at
    from cs.usage_metrics as metric
    where metric.tenant_id = $1
        and ($2::uuid[] is null or metric.account_id = any ($2))
        and metric.metric_type = 'support_tickets'
        and metric.recorded_at <= $4
        and $3::timestamptz is not null
    order by metric.account_id, coalesce(metric.metadata ->> 'ticket_id', metric.id::text), metric.recorded_at, metric.id
) as ticket
