-- Owns which milestones the three accounts have reached, in days before now.
insert into cs.account_milestones (tenant_id, account_id, milestone_id, completed_at, completed_by)
select
    account.tenant_id, account.id, milestone.id, now() - told.days * interval '24 hours', account.csm_id
from (values
    ('GT-001', 'Kick-off held', 416),
    ('GT-001', 'First integration live', 401),
    ('GT-001', 'Key users trained', 350),
    ('GT-001', 'First business review held', 290),
    ('GT-002', 'Kick-off held', 229),
    ('GT-002', 'First integration live', 203),
    ('TS-001', 'Kick-off held', 315),
    ('TS-001', 'First integration live', 287)
) as told (external_id, title, days)
join cs.tenants as tenant on tenant.slug = 'acme'
join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = told.external_id
join cs.stage_milestones as milestone on milestone.tenant_id = tenant.id and milestone.title = told.title
