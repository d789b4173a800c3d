-- Owns what Alice and Bob did with the three accounts and plan to do next, in days before now.
insert into cs.activities (tenant_id, account_id, kind, body, at, assigned_to, created_by, created_at)
select
    account.tenant_id, account.id, told.kind, told.body, now() - told.days * interval '24 hours',
    case told.kind when 'task' then account.csm_id end, account.csm_id,
    now() - greatest(told.days, 1) * interval '24 hours'
from (values
    ('GT-001', 'meeting', 'Quarterly business review with Helen: usage doubled, two more teams want in.', 19),
    ('GT-001', 'email', 'Sent the figures for 50 more seats.', 12),
    ('GT-001', 'task', 'Prepare the expansion quote for Helen.', -4),
    ('GT-002', 'call', 'Ines: reporting is still done by hand; walked her through exports.', 8),
    ('GT-002', 'email', 'Sent Ines the guide to exports and the recording of our call.', 7),
    ('TS-001', 'call', 'Dana: the team is rebuilding its pipeline, few sign in at present.', 41),
    ('TS-001', 'email', 'Asked Dana for a date to talk about the open tickets; no answer yet.', 16),
    ('TS-001', 'task', 'Call Dana about the critical tickets and the renewal.', -1)
) as told (external_id, kind, body, days)
join cs.tenants as tenant on tenant.slug = 'acme'
join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = told.external_id
