-- Owns the people at the three customers; their addresses are of domains that never answer.
insert into cs.contacts (tenant_id, account_id, full_name, email, phone, title, is_primary, notes)
select
    account.tenant_id, account.id, told.full_name, told.email, told.phone, told.title, told.is_primary, told.notes
from (values
    ('GT-001', 'Helen Okafor', 'helen.okafor@globaltech.example', '+1 555 0101', 'VP Operations', true, 'Decides on renewals.'),
    ('GT-001', 'Marc Lindqvist', 'marc.lindqvist@globaltech.example', null, 'Head of IT', false, null),
    ('GT-002', 'Ines Moreau', 'ines.moreau@globaltech.example', '+33 1 55 50 10', 'Operations Lead', true, null),
    ('TS-001', 'Dana Whitfield', 'dana.whitfield@techstart.example', '+1 555 0144', 'COO', true, null),
    ('TS-001', 'Omar Haddad', 'omar.haddad@techstart.example', null, 'Engineering Manager', false, 'Left the weekly call in spring.')
) as told (external_id, full_name, email, phone, title, is_primary, notes)
join cs.tenants as tenant on tenant.slug = 'acme'
join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = told.external_id
