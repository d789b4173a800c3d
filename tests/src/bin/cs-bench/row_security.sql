-- The triggers would do nothing for these rows but take time, so they are left out.
set session_replication_role = replica;
insert into cs.tenants (id, slug, name)
select cs.uuid_v7(), 'bench-' || number, 'Bench ' || number from generate_series(1, 100) as number;
insert into cs.users (id, email)
select cs.uuid_v7(), 'viewer@' || slug from cs.tenants;
insert into cs.profiles (tenant_id, id, user_id, full_name, role)
select tenant.id, cs.uuid_v7(), person.id, replace(tenant.name, 'Bench', 'viewer'), 'Viewer'
from cs.tenants as tenant
join cs.users as person on person.email = 'viewer@' || tenant.slug;
insert into cs.journey_stages (tenant_id, id, name, display_order)
select tenant.id, cs.uuid_v7(), stage, 1
from cs.tenants as tenant
cross join unnest(array['Onboarding', 'Adoption', 'Renewal']) as stage;
-- Ordered by number, so that a tenant's rows lie scattered, as they do after a year of work.
insert into cs.accounts (tenant_id, id, name, hierarchy_path, current_stage, crm_attributes)
select
    tenant.id, account.id, 'Account ' || account.number, account.id::text,
    (array['Onboarding', 'Adoption', 'Renewal'])[1 + account.number % 3],
    jsonb_build_object('arr', account.number * 10, 'industry', 'Software')
from generate_series(1, 2000) as series (step)
cross join cs.tenants as tenant
cross join lateral (select cs.uuid_v7() as id, series.step as number) as account
order by series.step, tenant.id;
insert into cs.health_scores (tenant_id, id, account_id, overall_score, risk_level, created_at)
select tenant_id, cs.uuid_v7(), id, 50, 'At Risk', now() from cs.accounts;
set session_replication_role = origin;
create schema bare;
create table bare.accounts (like cs.accounts including all);
insert into bare.accounts (tenant_id, id, name, hierarchy_path, current_stage, crm_attributes)
select tenant_id, id, name, hierarchy_path, current_stage, crm_attributes from cs.accounts;
create table bare.health_scores (like cs.health_scores including all);
insert into bare.health_scores select * from cs.health_scores;
