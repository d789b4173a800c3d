-- Owns the record of who changed what in configuration, people and accounts.
-- In: triggers alone. Out: administrators.

create table cs.audit_log (
    tenant_id uuid not null,
    id uuid not null,
    at timestamptz not null,
    actor_id uuid,
    database_role text not null,
    client_id uuid,
    action text not null,
    table_name text not null,
    row_key jsonb not null,
    before jsonb,
    after jsonb,
    reason text,
    constraint audit_log_pkey primary key (tenant_id, id),
    constraint audit_log_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint audit_log_action_check check (action in ('insert', 'update', 'delete'))
);
create index audit_log_at_idx on cs.audit_log (tenant_id, at desc);
comment on table cs.audit_log is
    'Every change of configuration, people and accounts: who, what, before, after. Nothing in it can be changed or removed.';
comment on column cs.audit_log.actor_id is 'The person; NULL: the database or a superuser. No foreign key: the record outlives people.';
comment on column cs.audit_log.database_role is 'The database role of the session.';
comment on column cs.audit_log.client_id is 'The browser tab or integration, where the caller named one.';
comment on column cs.audit_log.row_key is 'The columns that identify the row within its table.';
comment on column cs.audit_log.before is 'The columns that changed, as they were; of secrets only that they changed.';
comment on column cs.audit_log.after is 'The columns that changed, as they became; of secrets only that they changed.';
comment on column cs.audit_log.reason is 'Why, where it was asked for: of accounts that were deleted or merged.';

alter table cs.audit_log owner to cs_owner;
