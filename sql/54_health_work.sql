-- Owns what the health engine has to do and remembers between its runs.
-- In: triggers on usage and accounts. Out: the worker.

create table cs.health_dirty (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    by_usage boolean not null,
    marked_at timestamptz not null default clock_timestamp(),
    constraint health_dirty_pkey primary key (tenant_id, id)
) with (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 50000
);
comment on table cs.health_dirty is
    'Accounts to compute again. Statements only add rows; the worker removes them once the scores are written.';
comment on column cs.health_dirty.by_usage is 'Usage arrived: it replaces an imported score from before then.';

create table cs.health_passes (
    tenant_id uuid not null,
    passed_on date,
    passed_up_to uuid,
    constraint health_passes_pkey primary key (tenant_id),
    constraint health_passes_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade
);
comment on table cs.health_passes is 'Per tenant how far the daily pass has come.';
comment on column cs.health_passes.passed_on is 'The last day, in the tenant''s time zone, whose pass is done.';
comment on column cs.health_passes.passed_up_to is 'The last account of the pass under way; NULL between passes.';

create table cs.health_norms (
    tenant_id uuid not null,
    taken_at timestamptz not null,
    catalogue text[] not null,
    median_depth double precision,
    accounts integer not null,
    constraint health_norms_pkey primary key (tenant_id, taken_at),
    constraint health_norms_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade
);
comment on table cs.health_norms is
    'What is usual among a tenant''s accounts, taken once a day by the daily pass. A score is measured by the latest that was taken by its moment; without any, by what is usual at that moment.';
comment on column cs.health_norms.catalogue is
    'The features that a tenth of the accounts that use any have used within 90 days, and any account within 30.';
comment on column cs.health_norms.median_depth is 'Median of feature usage per login over the accounts with logins.';
comment on column cs.health_norms.accounts is 'How many accounts used any named feature within 90 days; of fewer than 3 nothing is kept.';

alter table cs.health_dirty owner to cs_owner;
alter table cs.health_passes owner to cs_owner;
alter table cs.health_norms owner to cs_owner;
