-- The triggers would do nothing for these rows but take time, so they are left out.
set session_replication_role = replica;
insert into cs.tenants (id, slug, name) select cs.uuid_v7(), 'bench', 'Bench';
insert into cs.users (id, email) select cs.uuid_v7(), 'sender@bench';
insert into cs.profiles (tenant_id, id, user_id, full_name, role)
select tenant.id, cs.uuid_v7(), person.id, 'sender', 'Practitioner' from cs.tenants as tenant, cs.users as person;
insert into cs.journey_stages (tenant_id, id, name, display_order)
select id, cs.uuid_v7(), 'Onboarding', 1 from cs.tenants;
insert into cs.accounts (tenant_id, id, name, hierarchy_path, current_stage)
select tenant.id, account.id, 'Account ' || account.number, account.id::text, 'Onboarding'
from cs.tenants as tenant
cross join lateral (select cs.uuid_v7() as id, number from generate_series(1, 1000) as number) as account;
set session_replication_role = origin;
create schema bare;
create table bare.usage_metrics (like cs.usage_metrics including all);
create table bare.batch (rows text not null);
insert into bare.batch (rows)
select jsonb_agg(jsonb_build_object(
    'account_id', accounts.ids[1 + number % 1000],
    'metric_type', (array['logins', 'feature_usage', 'api_calls', 'support_tickets'])[1 + number % 4],
    'metric_value', number % 17 + 0.25,
    'recorded_at', timestamptz '2025-01-01 00:00:00+00' + number * interval '1 min',
    'metadata', jsonb_build_object('user_id', 'person-' || number % 50, 'feature', 'feature ' || number % 20),
    'event_id', 'bench-<batch>-' || number
))::text
from (select array_agg(id order by id) as ids from cs.accounts) as accounts
cross join generate_series(1, 10000) as number;
analyze;
