-- Owns the field that the sample's tenant adds to its accounts.
insert into cs.custom_fields (tenant_id, key, label, type, description, options, in_lists, display_order)
select
    tenant.id, 'support_plan', 'Support plan', 'choice', 'What the contract promises when something breaks.',
    '["Standard", "Premium"]', true, 1
from cs.tenants as tenant
where tenant.slug = 'acme'
