insert into cs.tenants (slug, name) values ('bench', 'Bench');
insert into cs.users (email) values ('mover@bench');
insert into cs.profiles (tenant_id, user_id, full_name, role)
select tenant.id, person.id, 'mover', 'Practitioner' from cs.tenants as tenant, cs.users as person;
insert into cs.stage_milestones (tenant_id, stage_id, title)
select stage.tenant_id, stage.id, 'Milestone ' || number
from cs.journey_stages as stage
cross join generate_series(1, 3) as number
where stage.name = 'Onboarding';
insert into cs.accounts (tenant_id, name, external_id)
select tenant.id, 'Account ' || number, 'bench-' || number
from cs.tenants as tenant
cross join generate_series(1, 10000) as number;
insert into cs.account_milestones (tenant_id, account_id, milestone_id)
select account.tenant_id, account.id, milestone.id
from cs.accounts as account
join cs.stage_milestones as milestone on milestone.tenant_id = account.tenant_id;
insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url)
select
    tenant.id, 'Playbook ' || number,
    jsonb_build_object('event', jsonb_build_object(
        'kind', 'stage_enter', 'stage', (array['Renewal', 'Expansion', 'Value Realization'])[1 + number % 3]
    )),
    'https://receiver.test/hook'
from cs.tenants as tenant
cross join generate_series(1, 50) as number;
create schema bare;
create table bare.accounts (like cs.accounts including all);
insert into bare.accounts (
    tenant_id, id, name, external_id, hierarchy_path, current_stage, status, crm_attributes, csm_id
)
select tenant_id, id, name, external_id, hierarchy_path, current_stage, status, crm_attributes, csm_id from cs.accounts;
