-- Owns how scores are computed and overridden: the versions of each tenant's model, overrides by people, and which
-- silence of a feed people say is real.
-- In: publish_health_model, set_health_override, accept_silence. Out: the health engine, bands of risk.

create table cs.health_models (
    tenant_id uuid not null,
    id uuid not null,
    version integer not null,
    weights jsonb not null default '{}',
    thresholds jsonb not null default '{}',
    targets jsonb not null default '{}',
    caps jsonb not null,
    key_features jsonb not null default '[]',
    feature_aliases jsonb not null default '{}',
    quiet_periods jsonb not null default '[]',
    created_at timestamptz not null default now(),
    created_by uuid,
    constraint health_models_pkey primary key (tenant_id, id),
    constraint health_models_tenant_id_version_key unique (tenant_id, version),
    constraint health_models_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint health_models_created_by_fkey foreign key (created_by) references cs.users (id) on delete set null,
    constraint health_models_version_check check (version > 0)
);
create index health_models_created_by_idx on cs.health_models (created_by);
comment on table cs.health_models is
    'How a tenant''s scores are computed, by version; the highest is in force. Never edited: a change is the next version.';
comment on column cs.health_models.weights is
    'usage, engagement, support, adoption: numbers from 0, not all 0; 25 each unless given. Shown as shares of their sum.';
comment on column cs.health_models.thresholds is
    'critical and healthy, whole numbers, 0 < critical < healthy <= 100: 40 and 80 unless given.';
comment on column cs.health_models.targets is
    'logins, feature_usage, api_calls: quantities per 30 days that give 100; 40, 100 and 500 unless given.';
comment on column cs.health_models.caps is
    'In order [{"when": criteria, "max": 0 to 100 or "at_risk", "reason": text with {field}, "is_active": boolean}]: the first that matches limits the score; the raw one is kept as well. at_risk is one under the healthy threshold. Unless given, the four that a new tenant has.';
comment on column cs.health_models.key_features is
    'Names of the features that count for adoption; empty: those that a tenth of the accounts that use features used within 90 days, and any account within 30.';
comment on column cs.health_models.feature_aliases is
    'Old names of features and the names they have now, {"old": "new"}: what was told under the old name counts for the new one.';
comment on column cs.health_models.quiet_periods is
    'Days on which customers are not expected to use the product, [{"from": date, "to": date}], both included, at most 60 in a year: no time passes on them for usage, only for tickets, contracts and people.';

create table cs.health_overrides (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    score integer not null,
    reason text not null,
    set_by uuid,
    set_at timestamptz not null,
    until timestamptz not null,
    ended_at timestamptz,
    ended_by uuid,
    constraint health_overrides_pkey primary key (tenant_id, id),
    constraint health_overrides_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint health_overrides_set_by_fkey foreign key (set_by) references cs.users (id) on delete set null,
    constraint health_overrides_ended_by_fkey foreign key (ended_by) references cs.users (id) on delete set null,
    constraint health_overrides_score_check check (score between 0 and 100),
    constraint health_overrides_reason_check check (btrim(reason) <> ''),
    constraint health_overrides_until_check check (until between set_at and set_at + interval '90 days 2 hours')
);
create unique index health_overrides_open_key on cs.health_overrides (tenant_id, account_id) where ended_at is null;
create index health_overrides_account_idx on cs.health_overrides (tenant_id, account_id, set_at);
create index health_overrides_due_idx on cs.health_overrides (until) where ended_at is null;
create index health_overrides_set_by_idx on cs.health_overrides (set_by);
create index health_overrides_ended_by_idx on cs.health_overrides (ended_by);
comment on table cs.health_overrides is 'Scores that a person set by hand, for a limited time and with a reason.';
comment on column cs.health_overrides.until is 'When the computed score returns: at most 90 days after it was set.';
comment on column cs.health_overrides.ended_at is 'When it ended, by itself or by a person; NULL while it applies.';

create table cs.feed_silences (
    tenant_id uuid not null,
    id uuid not null,
    metric_type cs.metric_type not null,
    reason text not null,
    accepted_at timestamptz not null default now(),
    accepted_by uuid,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    constraint feed_silences_pkey primary key (tenant_id, id),
    constraint feed_silences_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade,
    constraint feed_silences_accepted_by_fkey foreign key (accepted_by) references cs.users (id) on delete set null,
    constraint feed_silences_withdrawn_by_fkey foreign key (withdrawn_by) references cs.users (id) on delete set null,
    constraint feed_silences_reason_check check (btrim(reason) <> ''),
    constraint feed_silences_withdrawn_at_check check (withdrawn_at >= accepted_at)
);
create index feed_silences_accepted_idx on cs.feed_silences (tenant_id, accepted_at);
create index feed_silences_accepted_by_idx on cs.feed_silences (accepted_by);
create index feed_silences_withdrawn_by_idx on cs.feed_silences (withdrawn_by);
comment on table cs.feed_silences is
    'Silences of a type of usage that a Tenant Admin has accepted as real: no fault of the sender, so they count against the customers. Written by accept_silence and withdraw_silence.';
comment on column cs.feed_silences.accepted_at is 'It counts from then on, until a row of the type comes again.';
comment on column cs.feed_silences.withdrawn_at is 'When it was taken back; NULL while it was not.';

alter table cs.feed_silences owner to cs_owner;
alter table cs.health_models owner to cs_owner;
alter table cs.health_overrides owner to cs_owner;
