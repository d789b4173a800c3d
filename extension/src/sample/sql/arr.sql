-- Owns what the three accounts paid before: GlobalTech grew, TechStart shrank. The row opened by the insert becomes the
-- last step, which is the ARR of today; days are before now.
with told (external_id, arr, began, ended) as (
    values
        ('GT-001', 90000, 420, 262),
        ('GT-001', 120000, 262, 118),
        ('GT-001', 150000, 118, null),
        ('GT-002', 30000, 232, 104),
        ('GT-002', 45000, 104, null),
        ('TS-001', 120000, 320, 72),
        ('TS-001', 85000, 72, null)
), step as (
    select
        account.tenant_id, account.id as account_id, told.arr,
        now() - told.began * interval '24 hours' as valid_from,
        now() - told.ended * interval '24 hours' as valid_until
    from told
    join cs.tenants as tenant on tenant.slug = 'acme'
    join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = told.external_id
), present as (
    update cs.arr_history as open
    set valid_from = step.valid_from
    from step
    where open.tenant_id = step.tenant_id
        and open.account_id = step.account_id
        and open.valid_until is null
        and step.valid_until is null
)
insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
select tenant_id, account_id, arr, valid_from, valid_until
from step
where valid_until is not null
