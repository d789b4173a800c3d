-- Owns what the health engine has to do and remembers between its runs; granted to no member.
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
    norms_at timestamptz,
    norm_rows bigint,
    catalogue text[],
    usual_depth double precision,
    constraint health_passes_pkey primary key (tenant_id),
    constraint health_passes_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade
);
comment on table cs.health_passes is
    'Per tenant how far the daily pass has come, and what was usual among its accounts when that was last determined.';
comment on column cs.health_passes.passed_on is 'The last day, in the tenant''s time zone, whose pass is done.';
comment on column cs.health_passes.passed_up_to is 'The last account of the pass under way; NULL between passes.';
comment on column cs.health_passes.norms_at is 'The moment for which catalogue and usual_depth were determined.';
comment on column cs.health_passes.norm_rows is
    'The rows they were determined from. Up to 50,000, this is repeated for every score; beyond that, they are kept for a day and a half.';
comment on column cs.health_passes.usual_depth is 'Median of feature usage per login over the accounts with logins.';

alter table cs.health_dirty owner to cs_owner;
alter table cs.health_passes owner to cs_owner;
