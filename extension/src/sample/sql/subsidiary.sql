insert into cs.accounts (tenant_id, name, external_id, parent_id, csm_id, crm_attributes)
select
    corporation.tenant_id, 'GlobalTech Europe', 'GT-002', corporation.id, corporation.csm_id,
    jsonb_build_object(
        'arr', 45000, 'industry', 'Technology', 'seats', 45, 'contract_end_date', current_date + 130,
        'support_plan', 'Standard'
    )
from cs.accounts as corporation
join cs.tenants as tenant on tenant.id = corporation.tenant_id and tenant.slug = 'acme'
where corporation.external_id = 'GT-001'
