-- Owns what customers do: raw usage, as measured.
-- In: integrations. Out: health scores.

create type cs.metric_type as enum ('logins', 'feature_usage', 'api_calls', 'support_tickets');
alter type cs.metric_type owner to cs_owner;

create table cs.usage_metrics (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    metric_type cs.metric_type not null,
    metric_value numeric not null,
    metadata jsonb not null default '{}',
    recorded_at timestamptz not null default now(),
    event_id text,
    constraint usage_metrics_pkey primary key (tenant_id, id),
    constraint usage_metrics_tenant_id_event_id_key unique (tenant_id, event_id),
    constraint usage_metrics_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint usage_metrics_metric_value_check check (metric_value >= 0 and metric_value < 1e15),
    constraint usage_metrics_metadata_check check (jsonb_typeof(metadata) = 'object')
);
create index usage_metrics_account_idx on cs.usage_metrics (tenant_id, account_id, metric_type, recorded_at);
-- Whether a feed is alive, and what is usual among all accounts, is looked up by time.
create index usage_metrics_feed_idx on cs.usage_metrics (tenant_id, metric_type, recorded_at);
-- The seats last told are looked up however long ago that was.
create index usage_metrics_seats_idx on cs.usage_metrics (tenant_id, account_id, recorded_at) where metadata ? 'seats';
comment on table cs.usage_metrics is 'Raw usage, sent by record_usage(). A value is a quantity: sum it, never count rows.';
comment on column cs.usage_metrics.metadata is
    'Optional: user_id or active_users, feature, seats, ticket_id, severity, status, opened_at, resolved_at, csat (1 to 5). Numbers may be told as text. Other keys are the sender''s.';
comment on column cs.usage_metrics.recorded_at is 'When it happened, not when it was sent.';
comment on column cs.usage_metrics.event_id is 'The sender''s id of this fact, unique per tenant, so that sending twice counts once.';

alter table cs.usage_metrics owner to cs_owner;

-- Of accounts that nobody has told of yet; once one is there its rows move to usage_metrics, under the same id.
create table cs.unknown_usage (
    tenant_id uuid not null,
    id uuid not null,
    external_id text not null,
    metric_type cs.metric_type not null,
    metric_value numeric not null,
    metadata jsonb not null,
    recorded_at timestamptz not null,
    event_id text,
    kept_at timestamptz not null default now(),
    ended_at timestamptz,
    reason text,
    constraint unknown_usage_pkey primary key (tenant_id, id),
    constraint unknown_usage_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade,
    constraint unknown_usage_metric_value_check check (metric_value >= 0 and metric_value < 1e15),
    constraint unknown_usage_metadata_check check (jsonb_typeof(metadata) = 'object'),
    constraint unknown_usage_reason_check check ((reason is null) = (ended_at is null))
);
create index unknown_usage_external_id_idx on cs.unknown_usage (tenant_id, external_id) where ended_at is null;
create unique index unknown_usage_event_id_idx on cs.unknown_usage (tenant_id, event_id) where ended_at is null;
create index unknown_usage_kept_at_idx on cs.unknown_usage (kept_at);
comment on table cs.unknown_usage is
    'Usage told with keep_unknown of accounts that do not exist yet, as it will be in usage_metrics. Read the view waiting_usage.';
comment on column cs.unknown_usage.reason is 'Why it ended without having counted.';

alter table cs.unknown_usage owner to cs_owner;

create table cs.usage_daily (
    tenant_id uuid not null,
    account_id uuid not null,
    metric_type cs.metric_type not null,
    day date not null,
    total numeric not null,
    zone text not null,
    constraint usage_daily_pkey primary key (tenant_id, account_id, metric_type, day)
);
-- No foreign key: its check would wait for whoever holds an account, and with it all accounts that are added up together.
-- Rows of an account that is deleted go with what its own rows append.
comment on table cs.usage_daily is
    'Usage summed up by account, type and day, so that scores need not read a year of rows; the worker brings it up to date about a second after rows came.';
comment on column cs.usage_daily.day is 'A day in the tenant''s time zone.';
comment on column cs.usage_daily.total is 'The sum of the quantities of that day.';
comment on column cs.usage_daily.zone is
    'The time zone that the day is of: after a change of the tenant''s time zone, the former one until the next daily pass.';

create table cs.usage_daily_changes (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    metric_type cs.metric_type not null,
    day date not null,
    total numeric not null,
    zone text not null,
    is_correction boolean not null default false,
    constraint usage_daily_changes_pkey primary key (tenant_id, account_id, id)
) with (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 50000
);
comment on table cs.usage_daily_changes is
    'What is still to be added to usage_daily. Statements only add rows, so that no writer of usage waits for another; the worker takes them away.';
comment on column cs.usage_daily_changes.is_correction is
    'Puts the sum of a day right, so that it is of the tenant''s present time zone from then on.';

alter table cs.usage_daily owner to cs_owner;
alter table cs.usage_daily_changes owner to cs_owner;
