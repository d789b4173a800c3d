-- Owns the outbox: deliveries that commit with the change that caused them, until a receiver has them.
-- In: playbooks. Out: the worker, which reads, sends and records.

create type cs.webhook_status as enum ('pending', 'processing', 'completed', 'failed');
alter type cs.webhook_status owner to cs_owner;

create table cs.webhook_queue (
    tenant_id uuid not null,
    id uuid not null,
    playbook_id uuid not null,
    account_id uuid not null,
    event_id uuid not null,
    action integer not null default 0,
    channel text not null default 'webhook',
    host text not null,
    payload jsonb not null,
    bytes integer generated always as (octet_length(payload::text)) stored,
    status cs.webhook_status not null default 'pending',
    held text,
    is_ordered boolean not null default false,
    is_test boolean not null default false,
    sequence bigint,
    attempts integer not null default 0,
    max_attempts integer not null,
    run_at timestamptz not null default clock_timestamp(),
    installation text not null,
    claim_token uuid,
    response_status integer,
    response_body text,
    last_error text,
    duration_ms integer,
    created_at timestamptz not null default clock_timestamp(),
    processed_at timestamptz,
    constraint webhook_queue_pkey primary key (tenant_id, id),
    constraint webhook_queue_channel_check check (channel in ('webhook', 'slack', 'email')),
    constraint webhook_queue_held_check check (held in ('playbook', 'tenant', 'copy', 'order')),
    constraint webhook_queue_held_pending_check check (held is null or status = 'pending'),
    constraint webhook_queue_run_at_check check (isfinite(run_at)),
    constraint webhook_queue_attempts_check check (attempts >= 0 and max_attempts > 0),
    constraint webhook_queue_claim_check check ((status = 'processing') = (claim_token is not null)),
    constraint webhook_queue_processed_at_check check ((status in ('completed', 'failed')) = (processed_at is not null))
) with (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 50000
);
-- The only index for what is due: with a second one on pending rows the planner picks the wrong one once the queue is empty.
create index webhook_queue_due_idx on cs.webhook_queue (tenant_id, host, run_at, id) where status = 'pending' and held is null;
-- Also what is open for an account. What has arrived is not in it, so that nothing is written to it when a delivery ends well.
create unique index webhook_queue_event_key on cs.webhook_queue (tenant_id, account_id, playbook_id, event_id, action)
    where status <> 'completed';
create index webhook_queue_held_idx on cs.webhook_queue (tenant_id, playbook_id, account_id, sequence, id) where held is not null;
create index webhook_queue_playbook_idx on cs.webhook_queue (tenant_id, playbook_id, created_at);
-- The dead letters: they are counted, sent again and purged. Nothing that waits is in it.
create index webhook_queue_failed_idx on cs.webhook_queue (tenant_id, processed_at) where status = 'failed';
comment on table cs.webhook_queue is
    'Deliveries. pending -> completed, or back to pending for another try, or failed once max_attempts are used up; processing while a try takes longer than a moment. No foreign keys: what was queued is sent though its account is gone.';
comment on column cs.webhook_queue.id is 'Sent as webhook-id, the same for all tries.';
comment on column cs.webhook_queue.event_id is 'The change that caused it; one delivery per playbook, account, event and action.';
comment on column cs.webhook_queue.action is
    'Which action of the playbook: 0 is its webhook_url, from 1 on the place in its actions.';
comment on column cs.webhook_queue.channel is 'How it leaves: webhook, slack or email; kept by a trigger.';
comment on column cs.webhook_queue.host is
    'host:port of the URL when the row was made, or smtp; kept by a trigger. Deliveries of a tenant to a host are sent in turn, and rest together.';
comment on column cs.webhook_queue.payload is 'What is sent: the webhook''s body, the Slack message, or the mail as {to, subject, text}.';
comment on column cs.webhook_queue.bytes is 'Length of the payload as text, in bytes.';
comment on column cs.webhook_queue.held is
    'Why it is not sent at present though due: playbook (off or paused), tenant (inactive), copy (this database is not the installation it was made for), order (behind another of its account). NULL: nothing holds it. Kept by the worker.';
comment on column cs.webhook_queue.is_ordered is 'Its playbook sends in order: one at a time per account, by sequence.';
comment on column cs.webhook_queue.is_test is 'It tests a receiver, and is sent also while its playbook is not active.';
comment on column cs.webhook_queue.sequence is 'The place among the runs of its playbook for its account, as the payload says it.';
comment on column cs.webhook_queue.max_attempts is 'Tries before it is given up; kept by a trigger where absent: the playbook''s own number, else 10, or 5 where ordered.';
comment on column cs.webhook_queue.run_at is 'Not sent before this moment.';
comment on column cs.webhook_queue.installation is
    'The installation that may send it, as system identifier of the cluster / oid of the database; kept by a trigger where absent.';
comment on column cs.webhook_queue.claim_token is 'Identifies the try in progress; a result with another token is not recorded.';
comment on column cs.webhook_queue.response_body is 'The first 2 kB of the last answer.';

create table cs.webhook_attempts (
    tenant_id uuid not null,
    id uuid not null,
    delivery_id uuid not null,
    account_id uuid not null,
    attempt integer not null,
    tried_at timestamptz not null default clock_timestamp(),
    response_status integer,
    response_body text,
    error text,
    duration_ms integer,
    constraint webhook_attempts_pkey primary key (tenant_id, id)
);
create index webhook_attempts_delivery_idx on cs.webhook_attempts (tenant_id, delivery_id, tried_at);
comment on table cs.webhook_attempts is
    'Tries that did not complete a delivery, and those that did of deliveries that were sent again; the one that completed it last stands in webhook_queue. Purged together with their delivery.';
comment on column cs.webhook_attempts.attempt is 'Counted from 1, anew after the delivery was sent again by a person.';
comment on column cs.webhook_attempts.tried_at is 'When it was over.';
comment on column cs.webhook_attempts.response_body is 'The first 2 kB of the answer.';
comment on column cs.webhook_attempts.error is 'Why there was no answer, or none that could be used.';

create table cs.webhook_breakers (
    tenant_id uuid not null,
    host text not null,
    opened_at timestamptz not null default clock_timestamp(),
    probe_at timestamptz not null,
    failures integer not null,
    last_error text,
    constraint webhook_breakers_pkey primary key (tenant_id, host)
);
comment on table cs.webhook_breakers is
    'Receivers that failed so often that they are left alone until one try in probe_at succeeds; deliveries to them wait, at the cost of no try. Kept by the worker.';
comment on column cs.webhook_breakers.probe_at is 'When one delivery is tried again.';
comment on column cs.webhook_breakers.failures is 'Failed tries one after the other.';

create table cs.installation (
    only_row boolean not null default true,
    system_identifier text not null,
    database_oid oid not null,
    confirmed_at timestamptz not null default now(),
    constraint installation_pkey primary key (only_row),
    constraint installation_only_row_check check (only_row)
);
comment on table cs.installation is
    'The cluster and database whose deliveries are made here. A copy finds that these are not its own, and sends nothing until confirm_webhooks().';

alter table cs.webhook_queue owner to cs_owner;
alter table cs.webhook_attempts owner to cs_owner;
alter table cs.webhook_breakers owner to cs_owner;
alter table cs.installation owner to cs_owner;
