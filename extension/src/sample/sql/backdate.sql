-- Owns when the three accounts' stays were: each in its order gets its time in the past, in days before now.
with told (external_id, step, began, ended) as (
    values
        ('GT-001', 1, 420, 392),
        ('GT-001', 2, 392, 338),
        ('GT-001', 3, 338, 120),
        ('GT-001', 4, 120, null),
        ('GT-002', 1, 232, 196),
        ('GT-002', 2, 196, 134),
        ('GT-002', 3, 134, 74),
        ('GT-002', 4, 74, null),
        ('TS-001', 1, 320, 281),
        ('TS-001', 2, 281, null)
), walked as (
    select
        stay.tenant_id, stay.account_id, stay.id, account.external_id,
        row_number() over (partition by account.id order by stay.entered_at, stay.exited_at) as step
    from cs.tenants as tenant
    join cs.accounts as account on account.tenant_id = tenant.id and account.external_id in ('GT-001', 'GT-002', 'TS-001')
    join cs.journey_history as stay on stay.tenant_id = tenant.id and stay.account_id = account.id
    where tenant.slug = 'acme'
), dated as (
    update cs.journey_history as stay
    set entered_at = now() - told.began * interval '24 hours',
        exited_at = now() - told.ended * interval '24 hours',
        duration_days = told.began - told.ended
    from walked
    join told using (external_id, step)
    where stay.tenant_id = walked.tenant_id and stay.id = walked.id
    returning stay.tenant_id, stay.account_id, stay.entered_at
)
update cs.accounts as account
set created_at = first.entered_at
from (select tenant_id, account_id, min(entered_at) as entered_at from dated group by tenant_id, account_id) as first
where account.tenant_id = first.tenant_id and account.id = first.account_id
