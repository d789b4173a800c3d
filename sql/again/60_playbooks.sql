-- Owns the feed of playbooks: events are matched in the transaction in which they happen.

create trigger t10_check
    before insert or update on cs.playbooks
    for each row execute function cs.tg_playbooks__check();

create trigger t50_version_inserted
    after insert on cs.playbooks
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__record_version();
create trigger t50_version_updated
    after update on cs.playbooks
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__record_version();

create trigger t70_enter_inserted
    after insert on cs.playbooks
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__enter();
create trigger t70_enter_updated
    after update on cs.playbooks
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_playbooks__enter();

create trigger t60_match
    after insert on cs.journey_history
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__match();

create trigger t60_match
    after insert on cs.health_scores
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__match();

create trigger t60_match
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_playbooks__match();

create or replace view cs.playbook_overview
with (security_invoker = true) as
select
    playbook.tenant_id,
    playbook.id,
    playbook.name,
    playbook.description,
    case
        when playbook.is_active and playbook.paused_at is null then 'active'
        when playbook.is_active then 'paused'
        when playbook.activated_at is null then 'draft'
        else 'off'
    end as state,
    playbook.event_kind,
    playbook.trigger_criteria,
    playbook.actions,
    playbook.webhook_url,
    playbook.cooldown_minutes,
    playbook.max_executions_per_day,
    playbook.is_ordered,
    playbook.max_attempts,
    playbook.signing_changed_at,
    playbook.version,
    playbook.activated_at,
    playbook.paused_at,
    playbook.created_at,
    playbook.updated_at,
    coalesce(lately.ran, 0) as ran_30d,
    coalesce(lately.failed, 0) as failed_30d,
    coalesce(lately.held_back, 0) as held_back_30d,
    coalesce(lately.accounts, 0) as accounts_30d,
    case when lately.matches > 0 then round(100.0 * lately.ran / lately.matches, 1) end as ran_percent_30d,
    last_run.executed_at as last_match_at,
    last_run.result as last_result,
    cs.run_reason(last_run.result, last_run.error_message) as last_reason,
    sent.delivered as delivered_30d,
    sent.undelivered as undelivered_30d,
    sent.waiting as deliveries_waiting,
    sent.held as deliveries_held,
    burst.id as burst_id,
    coalesce(cardinality(burst.account_ids), 0) as burst_accounts,
    cs.playbook_problem(playbook.trigger_criteria, playbook.actions) as problem
from cs.playbooks as playbook
left join lateral (
    select
        count(*)::integer as matches,
        (count(*) filter (where run.result in ('fired', 'failed')))::integer as ran,
        (count(*) filter (where run.result = 'failed'))::integer as failed,
        (count(*) filter (where run.result not in ('fired', 'failed')))::integer as held_back,
        (count(distinct run.account_id))::integer as accounts
    from cs.playbook_executions as run
    where run.tenant_id = playbook.tenant_id
        and run.playbook_id = playbook.id
        and run.executed_at > now() - interval '30 days'
) as lately on true
left join lateral (
    select run.executed_at, run.result, run.error_message
    from cs.playbook_executions as run
    where run.tenant_id = playbook.tenant_id and run.playbook_id = playbook.id
    order by run.executed_at desc, run.id desc
    limit 1
) as last_run on true
left join lateral (
    select
        (count(*) filter (where delivery.status = 'completed'))::integer as delivered,
        (count(*) filter (where delivery.status = 'failed'))::integer as undelivered,
        (count(*) filter (where delivery.status in ('pending', 'processing')))::integer as waiting,
        (count(*) filter (where delivery.held is not null))::integer as held
    from cs.webhook_queue as delivery
    where delivery.tenant_id = playbook.tenant_id
        and delivery.playbook_id = playbook.id
        and (delivery.created_at > now() - interval '30 days' or delivery.status in ('pending', 'processing'))
) as sent on true
left join cs.playbook_bursts as burst
    on burst.tenant_id = playbook.tenant_id and burst.playbook_id = playbook.id and burst.ended_at is null
where playbook.deleted_at is null;

alter view cs.playbook_overview owner to cs_owner;
comment on view cs.playbook_overview is
    'The playbooks of the tenant with what became of them in the last 30 days, over the accounts that the reader sees.';
comment on column cs.playbook_overview.state is
    'active: it waits; paused: until activate_playbook; draft: it never waited; off: it was switched off.';
comment on column cs.playbook_overview.activated_at is 'Since when it waits, or waited last; NULL: never.';
comment on column cs.playbook_overview.ran_30d is 'Runs of the last 30 days, those with a refused action included.';
comment on column cs.playbook_overview.failed_30d is 'Runs of which an action was refused.';
comment on column cs.playbook_overview.held_back_30d is 'Matches that a gate held back.';
comment on column cs.playbook_overview.accounts_30d is 'Accounts that it matched.';
comment on column cs.playbook_overview.ran_percent_30d is 'How many of the matches ran, in percent; NULL without any.';
comment on column cs.playbook_overview.last_result is 'What came of the last match.';
comment on column cs.playbook_overview.last_reason is 'Why, as a sentence.';
comment on column cs.playbook_overview.delivered_30d is 'Its deliveries of the last 30 days that a receiver has.';
comment on column cs.playbook_overview.undelivered_30d is 'Its deliveries of the last 30 days that were given up.';
comment on column cs.playbook_overview.deliveries_waiting is 'Its deliveries that are still to be sent.';
comment on column cs.playbook_overview.deliveries_held is
    'Those of them that something holds: webhook_deliveries says what.';
comment on column cs.playbook_overview.is_ordered is
    'Its deliveries of one account leave one at a time, in order.';
comment on column cs.playbook_overview.max_attempts is 'Tries of each delivery; NULL: 10, or 5 where is_ordered.';
comment on column cs.playbook_overview.signing_changed_at is
    'When its secret was last changed; for 24 hours deliveries are signed with the one before too. NULL: never.';
comment on column cs.playbook_overview.burst_id is 'The burst that waits to be released or dropped; only Tenant Admins see it.';
comment on column cs.playbook_overview.problem is 'What it names that is gone or no longer in use, so that it cannot work as it was meant; NULL: nothing.';

create or replace view cs.playbook_templates
with (security_invoker = true) as
select
    tenant.id as tenant_id, template.display_order, template.key, template.name, template.description,
    template.trigger_criteria, template.actions, template.cooldown_minutes
from cs.tenants as tenant
cross join (values
    (
        1, 'health_under_40', 'Health under 40', 'Tells the team when the health of a customer falls under 40.',
        '{"event": {"kind": "health_drop", "threshold": 40}}'::jsonb,
        '[{"kind": "task", "title": "{{account_name}} is at {{health_score}}: find out why", "due_in_days": 1, "assignee": "csm"}]'::jsonb,
        1440
    ),
    (
        2, 'enters_at_risk', 'Enters At Risk', 'Gives the CSM something to do when a customer enters At Risk.',
        '{"event": {"kind": "stage_enter", "stage": "At Risk"}}'::jsonb,
        '[{"kind": "task", "title": "Save plan for {{account_name}}", "due_in_days": 2, "assignee": "csm"}]'::jsonb,
        1440
    ),
    (
        3, 'renewal_in_60_days', 'Renewal in 60 days', 'Starts the talk about renewal two months before the contract ends.',
        '{"event": {"kind": "contract_ending", "days": 60}}'::jsonb,
        '[{"kind": "task", "title": "Renewal of {{account_name}}", "due_in_days": 7, "assignee": "csm"}]'::jsonb,
        1440
    ),
    (
        4, 'logins_down_30_percent', 'Log-ins down 30 %', 'Notices when a customer logs in a third less than a month before.',
        '{"event": {"kind": "usage_decline", "metric": "logins", "percent": 30, "days": 30}}'::jsonb,
        '[{"kind": "task", "title": "Log-ins of {{account_name}} are down", "due_in_days": 3, "assignee": "csm"}]'::jsonb,
        10080
    ),
    (
        5, 'silent_for_14_days', 'Silent for 14 days', 'Notices when nobody of a customer has logged in for two weeks.',
        '{"event": {"kind": "metric_absent", "metric": "logins", "days": 14}}'::jsonb,
        '[{"kind": "task", "title": "Nobody of {{account_name}} logs in any more", "due_in_days": 1, "assignee": "csm"}]'::jsonb,
        10080
    )
) as template (display_order, key, name, description, trigger_criteria, actions, cooldown_minutes);

alter view cs.playbook_templates owner to cs_owner;
comment on view cs.playbook_templates is
    'Playbooks to begin with: name, description, trigger_criteria, actions and cooldown_minutes are keys of save_playbook.';
comment on column cs.playbook_templates.key is 'Its fixed name.';
