insert into cs.tenants (slug, name) values ($1, $1);
insert into cs.users (email)
select replace(lower(role), ' ', '-') || '@' || $1
from unnest(enum_range(null::cs.member_role)::text[]) as role;
insert into cs.profiles (tenant_id, user_id, full_name, role)
select tenant.id, person.id, $1, role::cs.member_role
from unnest(enum_range(null::cs.member_role)::text[]) as role
join cs.tenants as tenant on tenant.slug = $1
join cs.users as person on person.email = replace(lower(role), ' ', '-') || '@' || $1;
insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url)
select tenant.id, $1 || '-' || kind, jsonb_build_object('event', event::jsonb), 'https://receiver.invalid/'
from cs.tenants as tenant
cross join (values
    ('drop', '{"kind": "health_drop", "threshold": 40}'), ('move', '{"kind": "stage_enter"}')
) as trigger (kind, event)
where tenant.slug = $1;
insert into cs.accounts (tenant_id, name, external_id, csm_id)
select profile.tenant_id, $1, $1 || '-' || profile.role, profile.user_id
from cs.profiles as profile
where profile.full_name = $1 and profile.role in ('Contributor', 'Practitioner');
insert into cs.account_members (tenant_id, account_id, user_id)
select account.tenant_id, account.id, account.csm_id
from cs.accounts as account
where account.name = $1;
insert into cs.deleted_accounts (tenant_id, id, name, root_id, reason)
select tenant.id, gone.id, $1, gone.id, $1
from cs.tenants as tenant
cross join lateral (select cs.uuid_v7() as id) as gone
where tenant.slug = $1;
insert into cs.custom_fields (tenant_id, key, label, type)
select tenant.id, 'tier', $1, 'text'
from cs.tenants as tenant
where tenant.slug = $1;
insert into cs.contacts (tenant_id, account_id, full_name, email)
select account.tenant_id, account.id, $1, 'contact@' || $1
from cs.accounts as account
where account.name = $1;
insert into cs.stage_milestones (tenant_id, stage_id, title)
select stage.tenant_id, stage.id, $1
from cs.journey_stages as stage
join cs.tenants as tenant on tenant.id = stage.tenant_id
where tenant.slug = $1 and stage.display_order = 1;
insert into cs.account_milestones (tenant_id, account_id, milestone_id)
select account.tenant_id, account.id, milestone.id
from cs.accounts as account
join cs.stage_milestones as milestone on milestone.tenant_id = account.tenant_id and milestone.title = account.name
where account.name = $1;
insert into cs.activities (tenant_id, account_id, kind, body, assigned_to)
select tenant_id, id, 'task', $1, csm_id
from cs.accounts
where name = $1;
insert into cs.saved_views (tenant_id, owner_id, page, name, is_shared)
select tenant_id, user_id, 'accounts', $1, true
from cs.profiles
where full_name = $1 and role = 'Practitioner';
insert into cs.user_preferences (tenant_id, user_id, preferences)
select tenant_id, user_id, jsonb_build_object('marker', $1)
from cs.profiles
where full_name = $1;
insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, event_id)
select tenant_id, id, 'logins', 1, external_id
from cs.accounts
where name = $1;
insert into cs.health_scores (tenant_id, account_id, overall_score)
select tenant_id, id, 30
from cs.accounts
where name = $1;
insert into cs.webhook_attempts (tenant_id, delivery_id, account_id, attempt, error)
select delivery.tenant_id, delivery.id, delivery.account_id, 1, $1
from cs.webhook_queue as delivery
join cs.tenants as tenant on tenant.id = delivery.tenant_id
where tenant.slug = $1;
insert into cs.webhook_breakers (tenant_id, host, probe_at, failures, last_error)
select id, $1, now(), 10, $1
from cs.tenants
where slug = $1;
insert into cs.sessions (user_id, tenant_id, expires_at)
select user_id, tenant_id, now() + interval '1 hour'
from cs.profiles
where full_name = $1;
insert into cs.database_logins (tenant_id, role_name, user_id)
select tenant_id, $1, user_id
from cs.profiles
where full_name = $1 and role = 'Viewer';
insert into cs.offered_roles (tenant_id, role_name)
select id, 'offered-' || $1
from cs.tenants
where slug = $1;
insert into cs.password_resets (user_id, tenant_id, made_by, token_hash, expires_at)
select user_id, tenant_id, user_id, 'reset-' || $1, now() + interval '1 hour'
from cs.profiles
where full_name = $1 and role = 'Viewer';
insert into cs.invitations (tenant_id, email, role, token_hash, expires_at)
select id, 'invited@' || $1, 'Viewer', $1, now() + interval '1 hour'
from cs.tenants
where slug = $1;
insert into cs.api_tokens (tenant_id, user_id, name, token_hash)
select tenant_id, user_id, $1, $1
from cs.profiles
where full_name = $1 and role = 'Tenant Admin'
