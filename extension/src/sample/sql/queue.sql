insert into cs.webhook_queue (
    tenant_id, playbook_id, account_id, payload, status, attempts, run_at, response_status, last_error, created_at, processed_at
)
select
    playbook.tenant_id, playbook.id, account.id,
    jsonb_build_object('account_id', account.id, 'account_name', account.name, 'stage', account.current_stage),
    sample.status::cs.webhook_status, sample.attempts, sample.run_at, sample.response_status, sample.last_error,
    now() - sample.age, sample.processed_at
from cs.tenants as tenant
join cs.playbooks as playbook on playbook.tenant_id = tenant.id and playbook.name = 'Stage transition'
join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = 'GT-001'
cross join (values
    ('pending', 0, now() + interval '1 day', null, null, null, interval '2 days'),
    (
        'failed', 10, now() - interval '1 day', 503, 'the receiver answered 503', now() - interval '1 day', interval '100 hours'
    )
) as sample (status, attempts, run_at, response_status, last_error, processed_at, age)
where tenant.slug = 'acme'
