-- Beside the world: who may do what with health, and First with four months of good usage, today's too,
-- however young the day is.
insert into cs.users (email) values ('pat@one.test'), ('con@one.test'), ('vic@one.test');
insert into cs.profiles (tenant_id, user_id, full_name, role)
select tenant.id, person.id, who.full_name, who.role::cs.member_role
from (values
    ('pat@one.test', 'Pat', 'Practitioner'),
    ('con@one.test', 'Con', 'Contributor'),
    ('vic@one.test', 'Vic', 'Viewer')
) as who (email, full_name, role)
join cs.tenants as tenant on tenant.slug = 'one'
join cs.users as person on person.email = who.email;
update cs.accounts
set csm_id = (select id from cs.users where email = 'con@one.test'), crm_attributes = '{"seats": 4}'
where name = 'First';
create temp table ids on commit drop as select name, tenant_id, id from cs.accounts;
grant select on ids to cs_member;
insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
select
    account.tenant_id, account.id, usage.kind::cs.metric_type, usage.quantity,
    jsonb_build_object('user_id', 'u' || day % 3, 'feature', (array['export', 'report', 'search'])[1 + day % 3]),
    now() - day * interval '1 day' - least(interval '1 hour', (now() - date_trunc('day', now())) / 2)
from cs.accounts as account
cross join (values ('logins', 2), ('feature_usage', 5), ('api_calls', 20)) as usage (kind, quantity)
cross join generate_series(0, 119) as day
where account.name = 'First';
delete from cs.health_dirty;
