-- Owns automation: what should happen when, and what did happen.
-- In: journey_history and health_scores. Out: webhook_queue.

create table cs.playbooks (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    description text,
    trigger_criteria jsonb not null,
    action_kind text not null default 'webhook',
    action jsonb not null default '{}',
    webhook_url text,
    webhook_secret text,
    headers jsonb not null default '{}',
    cooldown_minutes integer not null default 60,
    max_executions_per_day integer,
    is_active boolean not null default true,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    constraint playbooks_pkey primary key (tenant_id, id),
    constraint playbooks_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint playbooks_name_check check (btrim(name) <> ''),
    constraint playbooks_trigger_criteria_check check (jsonb_typeof(trigger_criteria) = 'object'),
    constraint playbooks_action_kind_check check (action_kind in ('webhook', 'slack', 'email', 'task', 'stage')),
    constraint playbooks_action_check check (jsonb_typeof(action) = 'object'),
    constraint playbooks_webhook_url_check check (action_kind <> 'webhook' or webhook_url is not null),
    constraint playbooks_headers_check check (jsonb_typeof(headers) = 'object'),
    constraint playbooks_cooldown_minutes_check check (cooldown_minutes >= 0),
    constraint playbooks_max_executions_per_day_check check (max_executions_per_day > 0)
);
create unique index playbooks_name_key on cs.playbooks (tenant_id, lower(name)) where deleted_at is null;
comment on table cs.playbooks is 'If this happens to an account, do that. Matched in the transaction of the change itself.';
comment on column cs.playbooks.trigger_criteria is
    '{"event": {"kind": "health_drop", "threshold": 40}} or {"event": {"kind": "stage_enter", "stage": name or id, absent = any}}.';
comment on column cs.playbooks.webhook_secret is
    'whsec_ and base64 of 24 to 64 bytes, made by the database if absent; signs every delivery. Members can write it, never read it.';
comment on column cs.playbooks.headers is 'Further HTTP headers of each delivery, as an object of strings.';
comment on column cs.playbooks.cooldown_minutes is 'The least time between two runs for the same account, in minutes; 0: none.';
comment on column cs.playbooks.max_executions_per_day is 'Most runs per day of the tenant''s time zone; NULL: any number.';

create table cs.playbook_executions (
    tenant_id uuid not null,
    id uuid not null,
    playbook_id uuid not null,
    account_id uuid not null,
    executed_at timestamptz not null default now(),
    result text not null,
    error_message text,
    playbook_version integer,
    event jsonb not null default '{}',
    webhook_id uuid,
    constraint playbook_executions_pkey primary key (tenant_id, id),
    constraint playbook_executions_playbook_id_fkey foreign key (tenant_id, playbook_id)
        references cs.playbooks (tenant_id, id),
    constraint playbook_executions_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint playbook_executions_result_check check (
        result in ('fired', 'paused', 'churned', 'stale_feed', 'low_confidence', 'cooldown', 'daily_cap', 'failed')
    )
);
create index playbook_executions_playbook_idx
    on cs.playbook_executions (tenant_id, playbook_id, account_id, executed_at desc);
create index playbook_executions_account_idx on cs.playbook_executions (tenant_id, account_id, executed_at desc);
create index playbook_executions_fired_idx
    on cs.playbook_executions (tenant_id, playbook_id, executed_at) where result = 'fired';
comment on table cs.playbook_executions is 'Every match of a playbook: fired, or what held it back.';
comment on column cs.playbook_executions.event is 'What happened: kind, event_id and the values that matched.';
comment on column cs.playbook_executions.webhook_id is
    'The delivery in webhook_queue. No foreign key: deliveries are purged earlier than runs.';

alter table cs.playbooks owner to cs_owner;
alter table cs.playbook_executions owner to cs_owner;
