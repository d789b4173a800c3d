with told (external_id, stage, began, ended) as (
    values
        ('GT-001', 'Onboarding', 420, 392),
        ('GT-001', 'Adoption', 392, 338),
        ('GT-001', 'Value Realization', 338, 120),
        ('GT-001', 'Expansion', 120, null),
        ('GT-002', 'Onboarding', 110, 74),
        ('GT-002', 'Adoption', 74, null),
        ('TS-001', 'Onboarding', 320, 281),
        ('TS-001', 'Adoption', 281, null)
), moments as (
    select
        account.tenant_id, account.id as account_id, told.stage,
        now() - told.began * interval '1 day' as entered_at,
        now() - told.ended * interval '1 day' as exited_at,
        told.began - told.ended as duration_days
    from told
    join cs.tenants as tenant on tenant.slug = 'acme'
    join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = told.external_id
), dated as (
    update cs.journey_history as stay
    set entered_at = moments.entered_at, exited_at = moments.exited_at, duration_days = moments.duration_days
    from moments
    where stay.tenant_id = moments.tenant_id and stay.account_id = moments.account_id and stay.to_stage = moments.stage
    returning stay.tenant_id, stay.account_id, stay.entered_at
)
update cs.accounts as account
set created_at = first.entered_at
from (select tenant_id, account_id, min(entered_at) as entered_at from dated group by tenant_id, account_id) as first
where account.tenant_id = first.tenant_id and account.id = first.account_id
