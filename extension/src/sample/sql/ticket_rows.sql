-- Owns what a ticket leaves behind: one row when it is opened, one when it is resolved.
insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
select
    ticket.tenant_id, ticket.account_id, 'support_tickets', 1,
    jsonb_strip_nulls(jsonb_build_object(
        'ticket_id', ticket.ticket_id,
        'severity', ticket.severity,
        'status', event.status,
        'opened_at', to_char(ticket.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'resolved_at', to_char(event.resolved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'csat', event.csat
    )),
    event.at
from ticket
cross join lateral (
    select 'open' as status, ticket.opened_at as at, null::timestamptz as resolved_at, null::integer as csat
    union all
    select 'resolved', resolved.at, resolved.at, ticket.csat
    from (select ticket.opened_at + ticket.effort as at) as resolved
    where ticket.is_resolved
) as event
