-- Owns the escalation: minutes ago TechStart reopened its last two ordinary tickets, both critical.
insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
select
    last.tenant_id, last.account_id, last.metric_type, 1,
    last.metadata - 'resolved_at' - 'csat' || '{"severity": "critical", "status": "open"}',
    now() - row_number() over (order by last.recorded_at) * interval '90 seconds'
from cs.tenants as tenant
join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = 'TS-001'
join cs.usage_metrics as last on last.tenant_id = tenant.id and last.account_id = account.id
where tenant.slug = 'acme'
    and last.metric_type = 'support_tickets'
    and last.metadata ? 'resolved_at'
    and last.metadata ->> 'severity' = 'normal'
    and last.recorded_at > now() - interval '720 hours'
