-- Owns which objects a role may use at all; row security narrows what is granted here. PUBLIC holds nothing.
-- Columns kept by triggers have no write grant, nor do tables that only triggers write. Secrets have no read grant.
-- No member writes or deletes a whole table: either would let a database role that is linked to a person LOCK it against
-- every tenant. Rows go by functions that check the right.

-- What an older version granted is taken back first.
revoke all on schema cs from public, cs_member, cs_gateway, cs_worker, cs_backup, pg_monitor;
revoke all on all tables in schema cs from public, cs_member, cs_gateway, cs_worker, cs_backup, pg_monitor;
revoke all on all functions in schema cs from public, cs_member, cs_gateway, cs_worker, cs_backup, pg_monitor;
grant usage on schema cs to cs_member, cs_gateway, cs_worker, cs_backup;

grant select on
    cs.tenants, cs.profiles, cs.journey_stages, cs.accounts, cs.account_members, cs.deleted_accounts, cs.custom_fields, cs.contacts,
    cs.journey_history, cs.stage_milestones, cs.account_milestones, cs.account_milestone_status, cs.stage_velocity,
    cs.portfolio_growth, cs.usage_metrics, cs.unknown_usage, cs.waiting_usage, cs.usage_daily, cs.usage_weekly, cs.usage_features, cs.counted_stays, cs.stage_stays, cs.lost_stays, cs.first_arr, cs.current_stays, cs.journey_board,
    cs.health_scores, cs.health_models, cs.health_overrides, cs.health_norms, cs.feed_silences, cs.feed_outages,
    cs.playbook_versions, cs.playbook_executions, cs.playbook_bursts, cs.webhook_queue, cs.webhook_attempts,
    cs.webhook_breakers, cs.database_logins, cs.offered_roles, cs.database_role_offers, cs.audit_log,
    cs.account_overview, cs.members, cs.health_current, cs.health_history, cs.health_days, cs.health_distribution, cs.criteria_fields,
    cs.account_tree, cs.counted_arr, cs.activities, cs.account_timeline, cs.saved_views, cs.user_preferences,
    cs.arr_history, cs.family_places, cs.child_arr_history, cs.arr_months, cs.retention, cs.arr_bridge, cs.cohorts, cs.revenue_at_risk, cs.renewals,
    cs.csm_workload, cs.my_tasks, cs.playbook_overview, cs.execution_log, cs.webhook_deliveries, cs.automation_health, cs.playbook_templates
to cs_member;
grant select (tenant_id, id, email, role, invited_by, created_at, expires_at, accepted_at) on cs.invitations to cs_member;
grant select (tenant_id, id, user_id, name, created_at, expires_at, revoked_at) on cs.api_tokens to cs_member;
grant select (id, email, is_active, email_verified_at, created_at) on cs.users to cs_member;
grant select (
    tenant_id, id, name, description, trigger_criteria, event_kind, actions, webhook_url, cooldown_minutes,
    max_executions_per_day, is_ordered, max_attempts, signing_changed_at, is_active, activated_at, paused_at, version, created_at, updated_at, deleted_at
) on cs.playbooks to cs_member;

grant
    insert (tenant_id, name, display_order, target_duration_days, color_hex, is_side, is_end, is_active, wip_limit),
    update (name, display_order, target_duration_days, color_hex, is_side, is_end, is_active, wip_limit)
on cs.journey_stages to cs_member;
grant
    insert (tenant_id, stage_id, title, description, is_required, due_after_days, display_order, criteria, is_active),
    update (title, description, is_required, due_after_days, display_order, criteria, is_active)
on cs.stage_milestones to cs_member;
grant insert (tenant_id, account_id, milestone_id, state, reason) on cs.account_milestones to cs_member;
grant
    insert (tenant_id, account_id, kind, body, at, assigned_to),
    update (kind, body, at, assigned_to, done_at)
on cs.activities to cs_member;
grant
    insert (tenant_id, page, name, criteria, settings, is_shared),
    update (page, name, criteria, settings, is_shared)
on cs.saved_views to cs_member;
grant insert (tenant_id, preferences), update (preferences) on cs.user_preferences to cs_member;
grant
    insert (tenant_id, name, external_id, parent_id, current_stage, status, crm_attributes, csm_id),
    update (name, external_id, parent_id, current_stage, status, crm_attributes, csm_id)
on cs.accounts to cs_member;
grant insert (tenant_id, account_id, user_id) on cs.account_members to cs_member;
grant
    insert (
        tenant_id, key, label, type, description, is_required, default_value, options, in_lists, in_import, display_order,
        is_active
    ),
    update (
        key, label, type, description, is_required, default_value, options, in_lists, in_import, display_order, is_active
    )
on cs.custom_fields to cs_member;
grant
    insert (tenant_id, account_id, full_name, email, phone, title, is_primary, notes),
    update (full_name, email, phone, title, is_primary, notes)
on cs.contacts to cs_member;
grant insert (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at, event_id)
on cs.usage_metrics to cs_member;
grant insert (
    tenant_id, account_id, overall_score, usage_score, engagement_score, support_score, adoption_score, created_at, confidence
) on cs.health_scores to cs_member;
grant
    insert (
        tenant_id, name, description, trigger_criteria, actions, webhook_url, webhook_secret, headers,
        cooldown_minutes, max_executions_per_day, is_ordered, max_attempts, is_active, paused_at
    ),
    update (
        name, description, trigger_criteria, actions, webhook_url, webhook_secret, headers,
        cooldown_minutes, max_executions_per_day, is_ordered, max_attempts, is_active, paused_at, deleted_at
    )
on cs.playbooks to cs_member;

grant select on cs.installation to cs_worker;
grant select (id, is_active) on cs.tenants to cs_worker;
grant
    select (
        tenant_id, id, webhook_url, actions, webhook_secret, previous_secret, signing_changed_at, headers, is_active, paused_at,
        deleted_at
    ),
    update (is_active)
on cs.playbooks to cs_worker;
grant select, update, delete on cs.webhook_queue to cs_worker;
grant select, insert, delete on cs.webhook_attempts to cs_worker;
grant select, insert, update, delete on cs.webhook_breakers to cs_worker;

grant execute on function
    cs.uuid_v7(), cs.current_user_id(), cs.current_tenant_id(), cs.current_member_role(), cs.tenant_where(text),
    cs.may_see_account(uuid), cs.may_see_user(uuid), cs.share_account(uuid, uuid), cs.unshare_account(uuid, uuid), cs.delete_account(uuid, text), cs.merge_accounts(uuid, uuid, boolean), cs.me(),
    cs.save_playbook(jsonb, integer), cs.activate_playbook(uuid, text, text), cs.pause_playbook(uuid), cs.pause_all_playbooks(),
    cs.delete_playbook(uuid), cs.preview_playbook(jsonb, jsonb), cs.backtest_playbook(jsonb, jsonb, jsonb, integer),
    cs.explain_playbook(uuid, uuid), cs.run_playbook(uuid, uuid, boolean),
    cs.send_test_webhook(uuid, uuid), cs.rotate_webhook_secret(uuid), cs.retry_webhook(uuid[], text), cs.retry_webhooks(jsonb, text),
    cs.cancel_webhook(uuid[]), cs.cancel_webhooks(jsonb), cs.automation_figures(), cs.release_burst(uuid, integer), cs.drop_burst(uuid), cs.playbook_problem(jsonb, jsonb), cs.run_reason(text, text),
    cs.update_account(uuid, jsonb, integer), cs.upsert_account(text, jsonb, timestamptz), cs.bulk_update_accounts(jsonb, jsonb, boolean),
    cs.import_accounts(jsonb, boolean, boolean, boolean), cs.import_accounts(text, boolean, boolean, boolean), cs.save_custom_field(jsonb),
    cs.check_custom_field(uuid, text), cs.save_contact(uuid, jsonb), cs.delete_contact(uuid),
    cs.risk_level(integer, uuid), cs.compute_health(uuid, timestamptz), cs.explain_health(uuid, timestamptz, boolean),
    cs.health_change(uuid, timestamptz, timestamptz), cs.refresh_health(uuid[]),
    cs.set_health_override(uuid, integer, text, timestamptz), cs.preview_health_model(jsonb),
    cs.publish_health_model(jsonb, integer, boolean), cs.accept_silence(text, text), cs.withdraw_silence(text),
    cs.tenant_outages(uuid), cs.usage_pauses(uuid, date), cs.counted_days(timestamptz, timestamptz, text, jsonb),
    cs.counted_days_before(timestamptz, integer, text, jsonb), cs.update_tenant(jsonb), cs.my_tenants(), cs.invite_member(text, text), cs.revoke_invitation(uuid), cs.webhook_allowed_hosts(),
    cs.join_tenant(text, text), cs.set_member_role(uuid, text), cs.deactivate_member(uuid, uuid), cs.leave_tenant(uuid),
    cs.create_password_reset(uuid), cs.link_analyst(uuid, text), cs.unlink_analyst(text),
    cs.create_api_token(text, timestamptz), cs.move_account_stage(uuid, text, text, text, text),
    cs.undo_stage_move(uuid), cs.suggested_stage(uuid), cs.complete_milestone(uuid, uuid, text), cs.save_milestones(uuid, jsonb),
    cs.board(jsonb, text, integer), cs.board_cards(uuid, jsonb, text, text, integer),
    cs.check_period(timestamptz, timestamptz), cs.velocity_between(timestamptz, timestamptz, jsonb),
    cs.stages_version(), cs.tenant_time_zone(), cs.save_stages(jsonb, text), cs.delete_stage(uuid, text), cs.revoke_api_token(uuid),
    cs.validate_criteria(jsonb), cs.criteria_shape(jsonb), cs.criteria_field_list(), cs.custom_field_operators(text), cs.criteria_fold(text), cs.fold_email(text), cs.fold_name(text), cs.record_usage(jsonb, boolean, boolean), cs.record_usage(text, boolean, boolean),
    cs.record_arr(jsonb, boolean), cs.record_arr(text, boolean),
    cs.account_breadcrumb(uuid), cs.account_place(uuid), cs.account_ancestors(uuid),
    cs.account_descendants(uuid, integer), cs.account_rollup(uuid), cs.matching_accounts(jsonb), cs.event_topics(),
    cs.log_activity(uuid, text, text, timestamptz, uuid), cs.update_activity(uuid, jsonb), cs.complete_task(uuid),
    cs.account_events(uuid, uuid, text[], timestamptz, text, integer), cs.is_before(timestamptz, text, timestamptz, text),
    cs.account_changes(uuid, boolean, timestamptz, text, integer), cs.timeline_scope(uuid, text),
    cs.family_timeline(uuid, text, text[], timestamptz, integer, text), cs.field_history(uuid, text),
    cs.journey_steps(uuid), cs.weekly_scores(uuid[], integer), cs.stage_state(numeric, integer), cs.undo_time(), cs.account_360(uuid), cs.search_everything(text, integer),
    cs.save_view(jsonb, integer),
    cs.delete_view(uuid), cs.save_preferences(jsonb), cs.my_preferences(), cs.dashboard_criteria(jsonb, jsonb),
    cs.retention_criteria(jsonb), cs.arr_between(timestamptz, timestamptz),
    cs.arr_at(timestamptz, timestamptz, timestamptz),
    cs.arr_ranges(timestamptz[]),
    cs.customer_arr_ranges(timestamptz[]),
    cs.retention_between(timestamptz, timestamptz, jsonb), cs.arr_bridge_between(timestamptz, timestamptz, jsonb),
    cs.renewals_between(date, date, jsonb), cs.executive_accounts(jsonb, timestamptz),
    cs.executive_dashboard(jsonb, timestamptz, timestamptz),
    cs.executive_trends(jsonb, timestamptz, timestamptz, integer), cs.growth_between(timestamptz, timestamptz, jsonb),
    cs.explain_criteria(uuid, jsonb), cs.search_page(jsonb, text, text, integer, boolean),
    cs.search_accounts(jsonb, text, text, integer, boolean), cs.criteria_problem(jsonb), cs.named_by(uuid), cs.count_facets(jsonb, text)
to cs_member;
grant execute on function
    cs.login_lookup(text), cs.open_session(uuid, uuid, timestamptz), cs.session_tenant(uuid), cs.check_session(uuid),
    cs.end_session(uuid), cs.renew_session(uuid, uuid, timestamptz), cs.session_person(uuid),
    cs.change_password(uuid, text, text, timestamptz), cs.slug_is_free(text),
    cs.create_tenant(text, text, text, text, text), cs.read_invitation(text),
    cs.accept_invitation(text, text, text), cs.read_password_reset(text), cs.reset_password(text, text), cs.check_token(text), cs.listen_to_events(),
    cs.automation_metrics()
to cs_gateway;
grant usage on schema cs to pg_monitor;
grant execute on function cs.worker_status(), cs.worker_vitals(), cs.automation_figures() to pg_monitor;
grant select on cs.automation_health to pg_monitor;
-- Policies run with the rights of the reader; these reveal nothing to a caller but what they may do themselves.
grant execute on function
    cs.current_tenant_id(), cs.tenant_where(text), cs.may_see_account(uuid), cs.may_see_user(uuid),
    -- Constraints and indexes ask these of whoever writes.
    cs.fold_email(text), cs.fold_name(text)
to cs_backup, cs_worker;
-- Views run with the rights of their reader, who needs these; they reveal nothing that the reader cannot see.
grant execute on function
    cs.time_zone(jsonb), cs.local_time(jsonb, timestamptz), cs.local_day(jsonb, timestamptz), cs.high_value_arr(jsonb),
    cs.parent_arr_includes_children(jsonb), cs.days_to_renewal(date, jsonb, timestamptz),
    cs.days_between(timestamptz, timestamptz), cs.milestone_due_at(timestamptz, integer),
    cs.last_touch(uuid, uuid, timestamptz), cs.score_at(uuid, uuid, timestamptz),
    cs.health_band(cs.account_status, text, text), cs.hidden_children(), cs.hidden_children_history()
to cs_member, cs_backup;
