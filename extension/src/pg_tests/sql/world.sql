insert into cs.tenants (slug, name) values ('one', 'One'), ('two', 'Two');
insert into cs.users (email) values ('ada@one.test'), ('ben@two.test');
insert into cs.profiles (tenant_id, user_id, full_name, role)
select tenant.id, person.id, who.full_name, who.role::cs.member_role
from (values
    ('one', 'ada@one.test', 'Ada', 'Tenant Admin'),
    ('two', 'ben@two.test', 'Ben', 'Viewer')
) as who (slug, email, full_name, role)
join cs.tenants as tenant on tenant.slug = who.slug
join cs.users as person on person.email = who.email;
insert into cs.accounts (tenant_id, name)
select tenant.id, account.name
from (values ('one', 'First'), ('one', 'Second'), ('two', 'Other')) as account (slug, name)
join cs.tenants as tenant on tenant.slug = account.slug;
insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url)
select tenant.id, kind.name, kind.trigger_criteria::jsonb, 'https://receiver.test/hook'
from (values
    ('Drop', '{"event": {"kind": "health_drop", "threshold": 40}}'),
    ('Move', '{"event": {"kind": "stage_enter"}}')
) as kind (name, trigger_criteria)
join cs.tenants as tenant on tenant.slug = 'one';
