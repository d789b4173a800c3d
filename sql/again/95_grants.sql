-- Owns which objects a role may touch at all; row security narrows what is granted here. PUBLIC holds nothing.
-- Columns kept by triggers have no write grant, nor have the tables that only triggers write. Secrets have no read grant.

revoke all on schema cs from public;
grant usage on schema cs to cs_member, cs_gateway, cs_worker, cs_backup;
revoke all on all tables in schema cs from public, cs_member, cs_gateway, cs_worker;

grant select on
    cs.tenants, cs.profiles, cs.journey_stages, cs.accounts, cs.account_members, cs.journey_history,
    cs.stage_milestones, cs.account_milestones, cs.account_milestone_status, cs.present_stays, cs.journey_board, cs.stage_velocity, cs.portfolio_growth, cs.usage_metrics,
    cs.health_scores, cs.health_models, cs.health_overrides, cs.playbook_executions, cs.webhook_queue, cs.database_logins, cs.audit_log,
    cs.account_overview, cs.members, cs.health_current, cs.health_history, cs.health_distribution, cs.criteria_fields,
    cs.account_tree, cs.counted_arr
to cs_member;
grant select (tenant_id, id, email, role, invited_by, created_at, expires_at, accepted_at) on cs.invitations to cs_member;
grant select (tenant_id, id, user_id, name, created_at, expires_at, revoked_at) on cs.api_tokens to cs_member;
grant select (id, email, is_active, email_verified_at, created_at) on cs.users to cs_member;
grant select (
    tenant_id, id, name, description, trigger_criteria, action_kind, action, webhook_url, cooldown_minutes,
    max_executions_per_day, is_active, version, created_at, updated_at, deleted_at
) on cs.playbooks to cs_member;

grant
    insert (tenant_id, name, display_order, target_duration_days, color_hex, is_side, is_end, is_active, wip_limit),
    update (name, display_order, target_duration_days, color_hex, is_side, is_end, is_active, wip_limit),
    delete
on cs.journey_stages to cs_member;
grant
    insert (tenant_id, stage_id, title, description, is_required, due_after_days, display_order, criteria, is_active),
    update (title, description, is_required, due_after_days, display_order, criteria, is_active)
on cs.stage_milestones to cs_member;
grant insert (tenant_id, account_id, milestone_id, state, reason) on cs.account_milestones to cs_member;
grant
    insert (tenant_id, name, external_id, parent_id, current_stage, status, crm_attributes, csm_id),
    update (name, external_id, parent_id, current_stage, status, crm_attributes, csm_id)
on cs.accounts to cs_member;
grant insert (tenant_id, account_id, user_id), delete on cs.account_members to cs_member;
grant insert (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at, event_id)
on cs.usage_metrics to cs_member;
grant insert (
    tenant_id, account_id, overall_score, usage_score, engagement_score, support_score, adoption_score, created_at, confidence
) on cs.health_scores to cs_member;
grant
    insert (
        tenant_id, name, description, trigger_criteria, action_kind, action, webhook_url, webhook_secret, headers,
        cooldown_minutes, max_executions_per_day, is_active
    ),
    update (
        name, description, trigger_criteria, action_kind, action, webhook_url, webhook_secret, headers,
        cooldown_minutes, max_executions_per_day, is_active, deleted_at
    )
on cs.playbooks to cs_member;

grant select on cs.installation to cs_worker;
grant select (tenant_id, id, webhook_url, webhook_secret, headers, is_active, deleted_at), update (is_active)
on cs.playbooks to cs_worker;
grant select, update on cs.webhook_queue to cs_worker;

grant execute on function
    cs.uuid_v7(), cs.current_user_id(), cs.current_tenant_id(), cs.current_member_role(), cs.tenant_where(text),
    cs.may_see_account(uuid), cs.may_see_user(uuid), cs.share_account(uuid, uuid), cs.unshare_account(uuid, uuid), cs.me(),
    cs.risk_level(integer, uuid), cs.compute_health(uuid, timestamptz), cs.explain_health(uuid, timestamptz),
    cs.health_change(uuid, timestamptz, timestamptz), cs.refresh_health(uuid[]),
    cs.set_health_override(uuid, integer, text, timestamptz), cs.preview_health_model(jsonb),
    cs.publish_health_model(jsonb, integer, boolean), cs.update_tenant(jsonb), cs.my_tenants(), cs.invite_member(text, text),
    cs.join_tenant(text, text), cs.set_member_role(uuid, text), cs.deactivate_member(uuid, uuid),
    cs.create_api_token(text, timestamptz), cs.move_account_stage(uuid, text, text, text, text),
    cs.undo_stage_move(uuid), cs.suggested_stage(uuid), cs.complete_milestone(uuid, uuid, text), cs.save_milestones(uuid, jsonb),
    cs.board(jsonb, text, integer), cs.board_cards(uuid, jsonb, text, text, integer),
    cs.check_period(timestamptz, timestamptz), cs.velocity_between(timestamptz, timestamptz, jsonb),
    cs.stages_version(), cs.save_stages(jsonb, text), cs.delete_stage(uuid, text), cs.revoke_api_token(uuid),
    cs.validate_criteria(jsonb), cs.criteria_shape(jsonb), cs.criteria_field_list(), cs.criteria_fold(text), cs.record_usage(jsonb, boolean),
    cs.account_breadcrumb(uuid), cs.account_place(uuid), cs.account_ancestors(uuid),
    cs.account_descendants(uuid, integer), cs.account_rollup(uuid), cs.matching_accounts(jsonb)
to cs_member;
grant execute on function
    cs.login_lookup(text), cs.open_session(uuid, uuid, timestamptz), cs.session_tenant(uuid), cs.check_session(uuid),
    cs.end_session(uuid), cs.create_tenant(text, text, text, text, text), cs.read_invitation(text),
    cs.accept_invitation(text, text, text), cs.check_token(text)
to cs_gateway;
-- Policies run as whoever reads the table; these tell a caller about nobody but themselves.
grant execute on function
    cs.current_tenant_id(), cs.tenant_where(text), cs.may_see_account(uuid), cs.may_see_user(uuid)
to cs_backup, cs_worker;
