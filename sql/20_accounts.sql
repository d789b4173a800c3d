-- Owns the stages of the journey and the accounts that move through them.
-- In: imports, pages, psql. Out: journey_history, which changes of stage feed; health, usage and automation of each account.

create type cs.account_status as enum ('Active', 'Paused', 'Churned');
alter type cs.account_status owner to cs_owner;

create table cs.journey_stages (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    display_order integer not null,
    target_duration_days integer,
    color_hex text not null default '#64748b',
    is_side boolean not null default false,
    is_end boolean not null default false,
    is_active boolean not null default true,
    wip_limit integer,
    constraint journey_stages_pkey primary key (tenant_id, id),
    constraint journey_stages_tenant_id_name_key unique (tenant_id, name),
    constraint journey_stages_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint journey_stages_name_check check (btrim(name) <> ''),
    constraint journey_stages_target_duration_days_check check (target_duration_days > 0),
    constraint journey_stages_color_hex_check check (color_hex ~ '^#[0-9a-fA-F]{6}$'),
    constraint journey_stages_wip_limit_check check (wip_limit > 0)
);
create unique index journey_stages_end_key on cs.journey_stages (tenant_id) where is_end and is_active;
comment on table cs.journey_stages is 'The stages of a tenant''s customer journey, in display order.';
comment on column cs.journey_stages.target_duration_days is
    'How long an account should stay, in days of 24 hours. NULL: no target, so never behind.';
comment on column cs.journey_stages.color_hex is '#rrggbb, shown as a swatch next to the name.';
comment on column cs.journey_stages.is_side is 'A stage off the main line, such as At Risk: entered and left freely.';
comment on column cs.journey_stages.is_end is 'The stage of lost customers; at most one active.';
comment on column cs.journey_stages.wip_limit is 'How many accounts the board''s column should hold. NULL: any number.';

create table cs.accounts (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    external_id text,
    parent_id uuid,
    hierarchy_level integer not null default 0,
    hierarchy_path text collate "C" not null,
    current_stage text not null,
    status cs.account_status not null default 'Active',
    crm_attributes jsonb not null default '{}',
    csm_id uuid,
    arr numeric generated always as ((crm_attributes ->> 'arr')::numeric) stored,
    contract_end_date date generated always as (
        make_date(
            split_part(crm_attributes ->> 'contract_end_date', '-', 1)::integer,
            split_part(crm_attributes ->> 'contract_end_date', '-', 2)::integer,
            split_part(crm_attributes ->> 'contract_end_date', '-', 3)::integer
        )
    ) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    version integer not null default 1,
    constraint accounts_pkey primary key (tenant_id, id),
    constraint accounts_tenant_id_external_id_key unique (tenant_id, external_id),
    constraint accounts_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint accounts_parent_id_fkey foreign key (tenant_id, parent_id) references cs.accounts (tenant_id, id),
    constraint accounts_current_stage_fkey foreign key (tenant_id, current_stage)
        references cs.journey_stages (tenant_id, name) on update cascade,
    constraint accounts_csm_id_fkey foreign key (tenant_id, csm_id) references cs.profiles (tenant_id, user_id),
    constraint accounts_name_check check (btrim(name) <> '' and char_length(name) <= 500),
    constraint accounts_external_id_check check (char_length(external_id) <= 500),
    constraint accounts_crm_attributes_check check (jsonb_typeof(crm_attributes) = 'object'),
    constraint accounts_arr_check check (arr >= 0 and arr < 1e15),
    constraint accounts_hierarchy_level_check check (hierarchy_level between 0 and 10)
);
create index accounts_id_idx on cs.accounts (id);
create index accounts_tenant_id_parent_id_idx on cs.accounts (tenant_id, parent_id);
-- The index includes all that account_descendants() returns: the accounts of a subtree are scattered over the table.
create index accounts_tenant_id_hierarchy_path_idx on cs.accounts (tenant_id, hierarchy_path)
    include (id, name, parent_id, hierarchy_level);
create index accounts_tenant_id_current_stage_idx on cs.accounts (tenant_id, current_stage);
create index accounts_tenant_id_csm_id_idx on cs.accounts (tenant_id, csm_id);
comment on table cs.accounts is 'Customers, in a tree of parents and subsidiaries.';
comment on column cs.accounts.external_id is 'The id of this account in the system it comes from; unique per tenant.';
comment on column cs.accounts.hierarchy_level is 'Depth in the tree, 0 for a root; kept by a trigger.';
comment on column cs.accounts.hierarchy_path is
    'Ids from the root to this account, joined by /; kept by a trigger. A subtree is path = p or path like p || ''/%''.';
comment on column cs.accounts.current_stage is 'Name of the stage; the first main stage where an insert names none.';
comment on column cs.accounts.crm_attributes is
    'Anything the CRM knows. Known keys: arr and seats (numbers >= 0, also as text), contract_end_date (YYYY-MM-DD), industry, api_only (true: used by programs alone).';
comment on column cs.accounts.csm_id is 'The user who looks after this account.';
comment on column cs.accounts.arr is 'Annual recurring revenue in the tenant''s currency, from crm_attributes.arr.';
comment on column cs.accounts.version is 'Counts the changes of this row, for expected_version; kept by a trigger.';

-- Of accounts that another system told of with a moment.
create table cs.told_moments (
    tenant_id uuid not null,
    account_id uuid not null,
    as_of timestamptz not null,
    version integer not null,
    constraint told_moments_pkey primary key (tenant_id, account_id),
    constraint told_moments_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade
);
comment on table cs.told_moments is
    'The newest moment of which an account was told with as_of, by upsert_account() or import_accounts(): what is told with an earlier one changes nothing.';
comment on column cs.told_moments.version is
    'The version of the account then. At another version somebody has changed it since, which counts as told when it was done.';
alter table cs.told_moments owner to cs_owner;

create table cs.account_members (
    tenant_id uuid not null,
    account_id uuid not null,
    user_id uuid not null,
    created_at timestamptz not null default now(),
    constraint account_members_pkey primary key (tenant_id, account_id, user_id),
    constraint account_members_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint account_members_user_id_fkey foreign key (tenant_id, user_id)
        references cs.profiles (tenant_id, user_id) on delete cascade
);
create index account_members_user_id_idx on cs.account_members (tenant_id, user_id);
comment on table cs.account_members is
    'Who works on an account in addition to its CSM. A Contributor sees own accounts and these.';

create table cs.deleted_accounts (
    tenant_id uuid not null,
    id uuid not null,
    name text not null,
    external_id text,
    parent_id uuid,
    root_id uuid not null,
    deleted_at timestamptz not null default clock_timestamp(),
    deleted_by uuid,
    reason text,
    merged_into uuid,
    constraint deleted_accounts_pkey primary key (tenant_id, id)
);
create index deleted_accounts_parent_id_idx on cs.deleted_accounts (tenant_id, parent_id);
comment on table cs.deleted_accounts is
    'Accounts that are gone: what their ARR history, runs and deliveries, which outlive them, still need to be read with. Kept by a trigger.';
comment on column cs.deleted_accounts.parent_id is 'The account it stood below, which may be gone too.';
comment on column cs.deleted_accounts.root_id is 'The top of the family it was of; itself where it had no parent.';
comment on column cs.deleted_accounts.deleted_by is
    'The person; NULL: the database or a superuser. No foreign key: the record outlives people.';
comment on column cs.deleted_accounts.reason is 'As told to delete_account; NULL where the row was deleted by hand.';
comment on column cs.deleted_accounts.merged_into is
    'The account that took over all it had, by merge_accounts; NULL: none did.';

alter table cs.journey_stages owner to cs_owner;
alter table cs.accounts owner to cs_owner;
alter table cs.account_members owner to cs_owner;
alter table cs.deleted_accounts owner to cs_owner;
