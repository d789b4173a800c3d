-- Owns automation: what should happen when, and what did happen.
-- In: journey_history, health_scores, accounts and the clock. Out: webhook_queue, activities, stages.

create table cs.playbooks (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    description text,
    trigger_criteria jsonb not null,
    event_kind text not null,
    event_stage text,
    actions jsonb not null default '[]',
    webhook_url text,
    webhook_secret text,
    previous_secret text,
    signing_changed_at timestamptz,
    is_ordered boolean not null default false,
    max_attempts integer,
    headers jsonb not null default '{}',
    cooldown_minutes integer not null default 60,
    max_executions_per_day integer,
    is_active boolean not null default true,
    activated_at timestamptz,
    paused_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    constraint playbooks_pkey primary key (tenant_id, id),
    constraint playbooks_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint playbooks_name_check check (btrim(name) <> ''),
    constraint playbooks_trigger_criteria_check check (jsonb_typeof(trigger_criteria) = 'object'),
    constraint playbooks_actions_check check (jsonb_typeof(actions) = 'array'),
    constraint playbooks_headers_check check (jsonb_typeof(headers) = 'object'),
    constraint playbooks_cooldown_minutes_check check (cooldown_minutes >= 0),
    constraint playbooks_max_executions_per_day_check check (max_executions_per_day > 0),
    constraint playbooks_max_attempts_check check (max_attempts between 1 and 100)
);
create index playbooks_waiting_idx on cs.playbooks (tenant_id, event_kind)
    where is_active and paused_at is null and deleted_at is null;
comment on table cs.playbooks is 'If this happens to an account, do that. Matched in the transaction of the change itself.';
comment on column cs.playbooks.trigger_criteria is
    '{"event": {"kind": "health_drop", "threshold": 40}, "when": criteria}: what it waits for, and what must be true of the account besides; without when, nothing. Stages, milestones and members may be written by name and are stored by id.';
comment on column cs.playbooks.event_kind is 'The kind of event it waits for; kept by a trigger.';
comment on column cs.playbooks.event_stage is 'Id of the stage that its event names; NULL: none, or any. Kept by a trigger.';
comment on column cs.playbooks.actions is
    'Up to five of {"kind": "webhook", "url"}, {"kind": "slack", "url", "text"}, {"kind": "email", "to", "subject", "body"}, {"kind": "task", "title", "due_in_days", "assignee"}, {"kind": "stage", "stage"}, carried out in order after the webhook of webhook_url.';
comment on column cs.playbooks.webhook_secret is
    'whsec_ and base64 of 24 to 64 bytes, made by the database if absent; signs every delivery. Members can write it, never read it.';
comment on column cs.playbooks.previous_secret is
    'The secret before the last change: for 24 hours deliveries are signed with both. Kept by a trigger.';
comment on column cs.playbooks.signing_changed_at is 'When webhook_secret was last changed; NULL: never. Kept by a trigger.';
comment on column cs.playbooks.is_ordered is 'Deliveries of one account leave one at a time, in order: the next only once the one before has arrived or was given up.';
comment on column cs.playbooks.max_attempts is 'Tries of each delivery; NULL: 10, or 5 where is_ordered.';
comment on column cs.playbooks.headers is 'Further HTTP headers of each delivery, as an object of strings.';
comment on column cs.playbooks.cooldown_minutes is 'The least time between two runs for the same account, in minutes; 0: none.';
comment on column cs.playbooks.max_executions_per_day is 'Most runs per day of the tenant''s time zone; NULL: any number.';
comment on column cs.playbooks.is_active is 'false: a draft, or switched off; it waits for nothing.';
comment on column cs.playbooks.activated_at is 'Since when it waits, or waited last; NULL: never. Kept by a trigger.';
comment on column cs.playbooks.paused_at is 'Since when it is paused: it waits for nothing until activate_playbook. NULL: it is not.';
comment on column cs.playbooks.version is 'Counts the changes of what it waits for and does; kept by a trigger.';
comment on column cs.playbooks.deleted_at is 'Since when it is gone; its runs are kept.';

create table cs.playbook_versions (
    tenant_id uuid not null,
    playbook_id uuid not null,
    version integer not null,
    definition jsonb not null,
    saved_at timestamptz not null default clock_timestamp(),
    saved_by uuid,
    constraint playbook_versions_pkey primary key (tenant_id, playbook_id, version),
    constraint playbook_versions_playbook_id_fkey foreign key (tenant_id, playbook_id)
        references cs.playbooks (tenant_id, id)
);
comment on table cs.playbook_versions is 'Every version of each playbook, so that a run can be read with what it ran with.';
comment on column cs.playbook_versions.definition is
    'name, description, trigger_criteria, actions, webhook_url, headers (their names alone), cooldown_minutes, max_executions_per_day, is_ordered and max_attempts.';
comment on column cs.playbook_versions.saved_by is 'Who saved it; NULL: the database. No foreign key: the record outlives people.';

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
    chain integer not null default 1,
    actions jsonb not null default '[]',
    webhook_id uuid,
    sequence bigint,
    burst_id uuid,
    is_open boolean not null default false,
    constraint playbook_executions_pkey primary key (tenant_id, id),
    constraint playbook_executions_playbook_id_fkey foreign key (tenant_id, playbook_id)
        references cs.playbooks (tenant_id, id),
    constraint playbook_executions_result_check check (
        result in (
            'fired', 'paused', 'churned', 'stale_feed', 'low_confidence', 'chain', 'cooldown', 'daily_cap', 'burst', 'dropped',
            'failed'
        )
    )
);
create index playbook_executions_playbook_idx
    on cs.playbook_executions (tenant_id, playbook_id, account_id, executed_at desc);
create index playbook_executions_account_idx on cs.playbook_executions (tenant_id, account_id, executed_at desc);
create index playbook_executions_ran_idx
    on cs.playbook_executions (tenant_id, playbook_id, executed_at) where result in ('fired', 'failed');
create index playbook_executions_open_idx on cs.playbook_executions (tenant_id, account_id) where is_open;
create index playbook_executions_burst_idx on cs.playbook_executions (tenant_id, burst_id) where burst_id is not null;
comment on table cs.playbook_executions is 'Every match of a playbook: fired, or what held it back. No foreign key to accounts: what was done is told though its account is gone.';
comment on column cs.playbook_executions.result is
    'fired; the first gate that held it back: paused, churned, stale_feed, low_confidence, chain, cooldown, daily_cap, burst; dropped: a burst that a person dropped; failed: it ran, but one of its actions was refused.';
comment on column cs.playbook_executions.error_message is 'Why an action was refused.';
comment on column cs.playbook_executions.event is 'What happened: kind, event_id and the values that matched.';
comment on column cs.playbook_executions.chain is
    'How many playbooks led to it, itself included: 1 where it was no playbook that changed the account.';
comment on column cs.playbook_executions.actions is
    'What the run did, an object per action: kind, result (queued, done, refused) and the id of what it made.';
comment on column cs.playbook_executions.webhook_id is
    'The first delivery in webhook_queue. No foreign key: deliveries are purged earlier than runs.';
comment on column cs.playbook_executions.sequence is
    'Grows with every run of this playbook for this account, as the payload says it; NULL: nothing ran.';
comment on column cs.playbook_executions.burst_id is 'The burst that holds it, or held it until it was released or dropped.';
comment on column cs.playbook_executions.is_open is
    'Held back by what may end (paused, stale_feed, low_confidence), and decided anew once it does, as long as what matched still holds.';

create table cs.playbook_bursts (
    tenant_id uuid not null,
    id uuid not null,
    playbook_id uuid not null,
    event jsonb not null,
    account_ids uuid[] not null,
    created_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    ended_by uuid,
    constraint playbook_bursts_pkey primary key (tenant_id, id),
    constraint playbook_bursts_playbook_id_fkey foreign key (tenant_id, playbook_id)
        references cs.playbooks (tenant_id, id)
);
create unique index playbook_bursts_open_key on cs.playbook_bursts (tenant_id, playbook_id) where ended_at is null;
create index playbook_bursts_playbook_idx on cs.playbook_bursts (tenant_id, playbook_id, created_at desc);
comment on table cs.playbook_bursts is
    'Accounts that a playbook matched beyond what it may run for within ten minutes. A person releases them with release_burst or drops them with drop_burst.';
comment on column cs.playbook_bursts.event is 'What the playbook waited for, as it was then.';
comment on column cs.playbook_bursts.account_ids is 'The accounts that still wait, in order.';
comment on column cs.playbook_bursts.ended_at is 'When the last was released, or the rest dropped; NULL: some still wait.';
comment on column cs.playbook_bursts.ended_by is 'Who did that. No foreign key: the record outlives people.';

create table cs.playbook_entries (
    tenant_id uuid not null,
    playbook_id uuid not null,
    account_id uuid not null,
    subject text not null,
    entered_at timestamptz not null default clock_timestamp(),
    held_by uuid,
    constraint playbook_entries_pkey primary key (tenant_id, playbook_id, account_id, subject),
    constraint playbook_entries_playbook_id_fkey foreign key (tenant_id, playbook_id)
        references cs.playbooks (tenant_id, id) on delete cascade,
    constraint playbook_entries_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade
);
create index playbook_entries_account_idx on cs.playbook_entries (tenant_id, account_id);
comment on table cs.playbook_entries is
    'What playbooks that wait for something to last have seen begin and not yet end: each begins once. Kept by the worker.';
comment on column cs.playbook_entries.subject is
    'What has lasted: the stay in a stage, the stay and the milestone, the end of the contract, the last day of a type of usage; empty where the account has only one.';
comment on column cs.playbook_entries.held_by is
    'The run that was held back by a gate that may open (paused, a feed that is out): the next pass asks again. No foreign key: runs are purged earlier.';

create table cs.playbook_passes (
    tenant_id uuid not null,
    playbook_id uuid not null,
    passed_on date,
    next_at timestamptz,
    zone text,
    moment timestamptz,
    up_to uuid,
    constraint playbook_passes_pkey primary key (tenant_id, playbook_id),
    constraint playbook_passes_playbook_id_fkey foreign key (tenant_id, playbook_id)
        references cs.playbooks (tenant_id, id) on delete cascade
);
comment on table cs.playbook_passes is
    'How far playbooks that wait for something that comes by time have been looked at. Kept by the worker.';
comment on column cs.playbook_passes.passed_on is
    'The last day, in the tenant''s time zone, on which it was looked who has come into the state; NULL for what is looked for every minute.';
comment on column cs.playbook_passes.next_at is 'The next moment of its timetable.';
comment on column cs.playbook_passes.zone is 'The time zone that next_at is of: after a change of the tenant''s, it is found again.';
comment on column cs.playbook_passes.moment is 'The moment of its timetable that it runs for now; NULL between moments.';
comment on column cs.playbook_passes.up_to is 'The last account that it has run for at that moment.';

alter table cs.playbooks owner to cs_owner;
alter table cs.playbook_versions owner to cs_owner;
alter table cs.playbook_executions owner to cs_owner;
alter table cs.playbook_bursts owner to cs_owner;
alter table cs.playbook_entries owner to cs_owner;
alter table cs.playbook_passes owner to cs_owner;
