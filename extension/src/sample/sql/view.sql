-- Owns a view that Alice shares with everyone.
insert into cs.saved_views (tenant_id, owner_id, page, name, criteria, is_shared)
select
    profile.tenant_id, profile.user_id, 'accounts', 'Renewals to win',
    '{"all": [
        {"field": "days_to_renewal", "op": "lte", "value": 90},
        {"field": "risk_level", "op": "in", "value": ["At Risk", "Critical"]}
    ]}',
    true
from cs.tenants as tenant
join cs.profiles as profile on profile.tenant_id = tenant.id and profile.full_name = 'Alice Administrator'
where tenant.slug = 'acme'
