-- Owns who sees and changes which rows, table by table, to be reviewed in one read.
-- What belongs to an account is read where may_see_account() allows it: all of a tenant, for a Contributor own and shared ones.
-- fence: restrictive, all commands, nothing of another tenant. The others let rows in, by the right that tenant_where() checks.
-- Tables that only triggers, the gateway's functions and the worker touch have the fence and nothing that lets rows in.
-- The installer has dropped the policies of an older version. Until these are made no member sees a row: row security stays
-- enabled and forced, and all of it is one transaction.

do $$
declare
    fenced text;
begin
    foreach fenced in array array[
        'tenants', 'users', 'profiles', 'sessions', 'password_resets', 'database_logins', 'offered_roles', 'invitations', 'api_tokens',
        'audit_log',
        'journey_stages', 'accounts', 'account_members', 'journey_history', 'stage_milestones', 'account_milestones',
        'usage_metrics', 'unknown_usage', 'usage_daily', 'usage_daily_changes', 'health_scores', 'health_models', 'health_overrides',
        'feed_silences', 'health_dirty', 'health_passes', 'health_norms',
        'playbooks', 'playbook_versions', 'playbook_executions', 'playbook_bursts', 'playbook_entries', 'playbook_passes',
        'webhook_queue', 'webhook_attempts', 'webhook_breakers',
        'worker_failures', 'told_moments', 'installation', 'event_channel', 'schema_versions',
        'activities', 'saved_views', 'user_preferences', 'arr_history', 'custom_fields', 'contacts', 'deleted_accounts'
    ] loop
        execute pg_catalog.format('alter table cs.%I enable row level security', fenced);
        execute pg_catalog.format('alter table cs.%I force row level security', fenced);
    end loop;
end
$$;

create policy fence on cs.tenants as restrictive to public using (id = cs.current_tenant_id());
create policy may_read on cs.tenants for select to public using (id = cs.tenant_where('people.read'));

create policy fence on cs.users as restrictive to public using (cs.may_see_user(id));
create policy may_read on cs.users for select to public using (cs.may_see_user(id));

create policy fence on cs.profiles as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.profiles for select to public using (tenant_id = cs.tenant_where('people.read'));

create policy fence on cs.sessions as restrictive to public using (tenant_id = cs.current_tenant_id());

create policy fence on cs.password_resets as restrictive to public using (tenant_id = cs.current_tenant_id());

create policy fence on cs.database_logins as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.database_logins for select to public using (tenant_id = cs.tenant_where('people.edit'));

create policy fence on cs.offered_roles as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.offered_roles for select to public using (tenant_id = cs.tenant_where('people.edit'));

create policy fence on cs.invitations as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.invitations for select to public using (tenant_id = cs.tenant_where('people.edit'));

create policy fence on cs.api_tokens as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.api_tokens for select to public using (tenant_id = cs.tenant_where('people.edit'));

create policy fence on cs.audit_log as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.audit_log for select to public using (tenant_id = cs.tenant_where('audit.read'));

create policy fence on cs.journey_stages as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.journey_stages for select to public using (tenant_id = cs.tenant_where('stage.read'));
create policy may_insert on cs.journey_stages for insert to public with check (tenant_id = cs.tenant_where('stage.edit'));
create policy may_update on cs.journey_stages for update to public using (tenant_id = cs.tenant_where('stage.edit'));

create policy fence on cs.accounts as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.accounts for select to public using (cs.may_see_account(id));
create policy may_insert on cs.accounts for insert to public with check (tenant_id = cs.tenant_where('account.edit'));
-- Callers who may only move an account to another stage may update it too; the trigger requires more where more changes.
create policy may_update on cs.accounts for update to public
    using (tenant_id = cs.tenant_where('stage.move') and cs.may_see_account(id));

create policy fence on cs.account_members as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.account_members for select to public using (cs.may_see_account(account_id));
create policy may_insert on cs.account_members for insert to public
    with check (tenant_id = cs.tenant_where('account.edit') and cs.may_see_account(account_id));

-- What is gone is no Contributor's own: those who see all accounts see it, and what is kept of it.
create policy fence on cs.deleted_accounts as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.deleted_accounts for select to public using (cs.may_see_account(id));

create policy fence on cs.custom_fields as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.custom_fields for select to public using (tenant_id = cs.tenant_where('stage.read'));
create policy may_insert on cs.custom_fields for insert to public with check (tenant_id = cs.tenant_where('field.edit'));
create policy may_update on cs.custom_fields for update to public using (tenant_id = cs.tenant_where('field.edit'));

create policy fence on cs.contacts as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.contacts for select to public using (cs.may_see_account(account_id));
create policy may_insert on cs.contacts for insert to public
    with check (tenant_id = cs.tenant_where('account.edit') and cs.may_see_account(account_id));
create policy may_update on cs.contacts for update to public
    using (tenant_id = cs.tenant_where('account.edit') and cs.may_see_account(account_id));

create policy fence on cs.journey_history as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.journey_history for select to public using (cs.may_see_account(account_id));

create policy fence on cs.arr_history as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.arr_history for select to public using (cs.may_see_account(account_id));

create policy fence on cs.stage_milestones as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.stage_milestones for select to public using (tenant_id = cs.tenant_where('stage.read'));
create policy may_insert on cs.stage_milestones for insert to public with check (tenant_id = cs.tenant_where('stage.edit'));
create policy may_update on cs.stage_milestones for update to public using (tenant_id = cs.tenant_where('stage.edit'));

create policy fence on cs.account_milestones as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.account_milestones for select to public using (cs.may_see_account(account_id));
create policy may_insert on cs.account_milestones for insert to public
    with check (tenant_id = cs.tenant_where('stage.move') and cs.may_see_account(account_id));

create policy fence on cs.activities as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.activities for select to public using (cs.may_see_account(account_id));
create policy may_insert on cs.activities for insert to public
    with check (tenant_id = cs.tenant_where('activity.log') and cs.may_see_account(account_id));
-- Callers who may log may complete tasks; the trigger requires more where more changes.
create policy may_update on cs.activities for update to public
    using (tenant_id = cs.tenant_where('activity.log') and cs.may_see_account(account_id));

create policy fence on cs.usage_metrics as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.usage_metrics for select to public using (cs.may_see_account(account_id));
create policy may_insert on cs.usage_metrics for insert to public with check (tenant_id = cs.tenant_where('usage.record'));

create policy fence on cs.unknown_usage as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.unknown_usage for select to public using (tenant_id = cs.tenant_where('usage.record'));

create policy fence on cs.usage_daily as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.usage_daily for select to public using (cs.may_see_account(account_id));

create policy fence on cs.usage_daily_changes as restrictive to public using (tenant_id = cs.current_tenant_id());

create policy fence on cs.health_scores as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.health_scores for select to public using (cs.may_see_account(account_id));
create policy may_insert on cs.health_scores for insert to public with check (tenant_id = cs.tenant_where('score.import'));

create policy fence on cs.health_models as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.health_models for select to public using (tenant_id = cs.tenant_where('stage.read'));

create policy fence on cs.health_overrides as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.health_overrides for select to public using (cs.may_see_account(account_id));

create policy fence on cs.feed_silences as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.feed_silences for select to public using (tenant_id = cs.tenant_where('stage.read'));

create policy fence on cs.health_dirty as restrictive to public using (tenant_id = cs.current_tenant_id());

create policy fence on cs.health_passes as restrictive to public using (tenant_id = cs.current_tenant_id());

create policy fence on cs.health_norms as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.health_norms for select to public using (tenant_id = cs.tenant_where('stage.read'));

create policy fence on cs.worker_failures as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy fence on cs.told_moments as restrictive to public using (tenant_id = cs.current_tenant_id());

create policy fence on cs.playbooks as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.playbooks for select to public using (tenant_id = cs.tenant_where('playbook.read'));
create policy may_insert on cs.playbooks for insert to public with check (tenant_id = cs.tenant_where('playbook.edit'));
create policy may_update on cs.playbooks for update to public using (tenant_id = cs.tenant_where('playbook.edit'));

create policy fence on cs.playbook_versions as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.playbook_versions for select to public using (tenant_id = cs.tenant_where('playbook.read'));

create policy fence on cs.playbook_bursts as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.playbook_bursts for select to public using (tenant_id = cs.tenant_where('playbook.edit'));

create policy fence on cs.playbook_entries as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy fence on cs.playbook_passes as restrictive to public using (tenant_id = cs.current_tenant_id());

create policy fence on cs.playbook_executions as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.playbook_executions for select to public
    using (tenant_id = cs.tenant_where('playbook.read') and cs.may_see_account(account_id));

create policy fence on cs.webhook_queue as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.webhook_queue for select to public
    using (tenant_id = cs.tenant_where('playbook.read') and cs.may_see_account(account_id));

create policy fence on cs.webhook_attempts as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.webhook_attempts for select to public
    using (tenant_id = cs.tenant_where('playbook.read') and cs.may_see_account(account_id));

create policy fence on cs.webhook_breakers as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.webhook_breakers for select to public using (tenant_id = cs.tenant_where('playbook.read'));

create policy fence on cs.saved_views as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read_own on cs.saved_views for select to public
    using (tenant_id = cs.tenant_where('view.save') and owner_id = cs.current_user_id());
create policy may_read_shared on cs.saved_views for select to public
    using (tenant_id = cs.tenant_where('view.save') and is_shared);
create policy may_insert on cs.saved_views for insert to public
    with check (tenant_id = cs.tenant_where('view.save') and owner_id = cs.current_user_id());
create policy may_update on cs.saved_views for update to public
    using (tenant_id = cs.tenant_where('view.save') and owner_id = cs.current_user_id());

create policy fence on cs.user_preferences as restrictive to public using (tenant_id = cs.current_tenant_id());
create policy may_read on cs.user_preferences for select to public
    using (tenant_id = cs.tenant_where('view.save') and user_id = cs.current_user_id());
create policy may_insert on cs.user_preferences for insert to public
    with check (tenant_id = cs.tenant_where('view.save') and user_id = cs.current_user_id());
create policy may_update on cs.user_preferences for update to public
    using (tenant_id = cs.tenant_where('view.save') and user_id = cs.current_user_id());
