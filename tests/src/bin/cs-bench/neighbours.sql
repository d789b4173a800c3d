-- Two tenants: loud with 10,000 accounts, usage and 50 playbooks, quiet with 100 accounts, 1,900 that have no score yet, one that
-- is moved, and one playbook. Both admins have the password of the sample, which is
-- loaded.
insert into cs.tenants (slug, name) values ('loud', 'Loud'), ('quiet', 'Quiet');
insert into cs.users (email, encrypted_password)
select 'admin@' || slug || '.test', (select encrypted_password from cs.users where email = 'bob@acme.com')
from cs.tenants
where slug <> 'acme';
insert into cs.profiles (tenant_id, user_id, full_name, role)
select tenant.id, person.id, 'Admin', 'Tenant Admin'
from cs.tenants as tenant
join cs.users as person on person.email = 'admin@' || tenant.slug || '.test'
where slug <> 'acme';
insert into cs.accounts (tenant_id, name, external_id)
select id, 'Loud Company No. ' || number, 'loud-' || number
from cs.tenants, generate_series(1, 10000) as number
where slug = 'loud';
insert into cs.accounts (tenant_id, name)
select id, case when number <= 100 then 'Quiet Company No. ' else 'unscored ' end || number
from cs.tenants, generate_series(1, 2000) as number
where slug = 'quiet';
insert into cs.accounts (tenant_id, name) select id, 'mover of quiet' from cs.tenants where slug = 'quiet';
insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes, is_active)
select id, 'Move ' || number, '{"event": {"kind": "stage_enter"}}', 'http://127.0.0.1:9/x', 0, slug = 'quiet'
from cs.tenants, generate_series(1, case slug when 'loud' then 50 else 1 end) as number
where slug <> 'acme';
insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
select tenant_id, id, 'logins', 1, now() - day * interval '1 day'
from cs.accounts, generate_series(1, 30, 3) as day
where name not like 'unscored %';
analyze;
