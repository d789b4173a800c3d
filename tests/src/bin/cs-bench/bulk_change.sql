insert into cs.tenants (slug, name) values ('with', 'With playbooks'), ('without', 'Without');
update cs.journey_stages set target_duration_days = null;
insert into cs.accounts (tenant_id, name, crm_attributes)
select tenant.id, 'Account ' || number, jsonb_build_object('arr', number)
from cs.tenants as tenant
cross join generate_series(1, 10000) as number;
-- Half wait for another stage; half for this one, with conditions that no account meets, and one that a hundred do.
insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
select
    tenant.id, 'Playbook ' || number,
    jsonb_build_object(
        'event', jsonb_build_object('kind', 'stage_enter', 'stage', case when number % 2 = 0 then 'Renewal' else 'Adoption' end),
        'when', jsonb_build_object('all', jsonb_build_array(
            jsonb_build_object('field', 'arr', 'op', 'gt', 'value', case number when 1 then 9900 else 1000000 end),
            jsonb_build_object('field', 'status', 'op', 'eq', 'value', 'Active')
        ))
    ),
    'https://receiver.test/hook', 0
from cs.tenants as tenant
cross join generate_series(1, 50) as number
where tenant.slug = 'with';
analyze;
