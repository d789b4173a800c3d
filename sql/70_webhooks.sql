-- Owns the outbox: deliveries that commit with the change that caused them, until a receiver has them.
-- In: playbooks. Out: the worker, which claims, sends and records.

create type cs.webhook_status as enum ('pending', 'processing', 'completed', 'failed');
alter type cs.webhook_status owner to cs_owner;

create table cs.webhook_queue (
    tenant_id uuid not null,
    id uuid not null,
    playbook_id uuid not null,
    account_id uuid not null,
    event_id uuid not null,
    action integer not null default 0,
    host text not null,
    payload jsonb not null,
    status cs.webhook_status not null default 'pending',
    attempts integer not null default 0,
    max_attempts integer not null default 5,
    run_at timestamptz not null default now(),
    claim_token uuid,
    response_status integer,
    response_body text,
    last_error text,
    duration_ms integer,
    created_at timestamptz not null default now(),
    processed_at timestamptz,
    constraint webhook_queue_pkey primary key (tenant_id, id),
    constraint webhook_queue_event_key unique (tenant_id, playbook_id, account_id, event_id, action),
    constraint webhook_queue_playbook_id_fkey foreign key (tenant_id, playbook_id)
        references cs.playbooks (tenant_id, id),
    constraint webhook_queue_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint webhook_queue_attempts_check check (attempts >= 0 and max_attempts > 0),
    constraint webhook_queue_claim_check check ((status = 'processing') = (claim_token is not null)),
    constraint webhook_queue_processed_at_check check ((status in ('completed', 'failed')) = (processed_at is not null))
) with (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 50000
);
-- The only index for claiming: with a second one on pending rows the planner picks the wrong one once the queue is empty.
create index webhook_queue_claim_idx on cs.webhook_queue (host, run_at, id) where status = 'pending';
create index webhook_queue_account_idx on cs.webhook_queue (tenant_id, account_id);
comment on table cs.webhook_queue is
    'Deliveries. pending -> processing -> completed, or back to pending for another try, or failed once max_attempts are used up.';
comment on column cs.webhook_queue.id is 'Sent as webhook-id, the same for all tries.';
comment on column cs.webhook_queue.event_id is 'The change that caused it; one delivery per playbook, account, event and action.';
comment on column cs.webhook_queue.action is
    'Which webhook of the playbook: 0 is its webhook_url, from 1 on the place in its actions.';
comment on column cs.webhook_queue.host is 'host:port of the URL when the row was made; kept by a trigger.';
comment on column cs.webhook_queue.run_at is 'Not sent before this moment.';
comment on column cs.webhook_queue.claim_token is 'Identifies the claim in progress; a result with another token is not recorded.';
comment on column cs.webhook_queue.response_body is 'The first 2 kB of the last answer.';

create table cs.installation (
    only_row boolean not null default true,
    system_identifier text not null,
    database_oid oid not null,
    confirmed_at timestamptz not null default now(),
    constraint installation_pkey primary key (only_row),
    constraint installation_only_row_check check (only_row)
);
comment on table cs.installation is
    'The cluster and database that may send webhooks. A copy finds that these are not its own, and sends nothing until confirm_webhooks().';

alter table cs.webhook_queue owner to cs_owner;
alter table cs.installation owner to cs_owner;
