with tenant as (
    select id from cs.tenants where slug = 'acme'
), csm as (
    select profile.user_id, profile.full_name
    from cs.profiles as profile
    join tenant on tenant.id = profile.tenant_id
), corporation as (
    insert into cs.accounts (tenant_id, name, external_id, csm_id, crm_attributes)
    select
        tenant.id, 'GlobalTech Corporation', 'GT-001', csm.user_id,
        jsonb_build_object(
            'arr', 150000, 'industry', 'Technology', 'seats', 150, 'contract_end_date', current_date + 240,
            'support_plan', 'Premium'
        )
    from tenant, csm
    where csm.full_name = 'Alice Administrator'
    returning tenant_id, id
)
insert into cs.accounts (tenant_id, name, external_id, csm_id, crm_attributes)
select
    tenant.id, 'TechStart Solutions', 'TS-001', csm.user_id,
    jsonb_build_object(
        'arr', 85000, 'industry', 'Software', 'seats', 100, 'contract_end_date', current_date + 45,
        'support_plan', 'Standard'
    )
from tenant, csm
where csm.full_name = 'Bob Builder'
