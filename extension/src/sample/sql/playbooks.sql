insert into cs.playbooks (
    tenant_id, name, description, trigger_criteria, webhook_url, cooldown_minutes, max_executions_per_day
)
select
    tenant.id, sample.name, sample.description, sample.trigger_criteria::jsonb, $1 || sample.path, 60, 100
from cs.tenants as tenant
cross join (values
    (
        'Health alert', 'Tells the team when a customer''s health becomes critical.',
        '{"event": {"kind": "health_drop", "threshold": 40}}', '/webhook/health-alert'
    ),
    (
        'Stage transition', 'Tells the team when a customer enters another stage.',
        '{"event": {"kind": "stage_enter"}}', '/webhook/stage-transition'
    )
) as sample (name, description, trigger_criteria, path)
where tenant.slug = 'acme'
