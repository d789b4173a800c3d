-- Owns what people did for an account, or plan to do: calls, e-mails, meetings, notes and tasks.
-- In: log_activity. Out: the timeline of an account, and when it was last touched.

create table cs.activities (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    kind text not null,
    body text not null,
    at timestamptz not null default clock_timestamp(),
    assigned_to uuid,
    done_at timestamptz,
    happened_at timestamptz generated always as (coalesce(done_at, at)) stored,
    created_by uuid,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint activities_pkey primary key (tenant_id, id),
    constraint activities_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint activities_assigned_to_fkey foreign key (tenant_id, assigned_to)
        references cs.profiles (tenant_id, user_id) on delete set null (assigned_to),
    constraint activities_created_by_fkey foreign key (created_by) references cs.users (id) on delete set null,
    constraint activities_kind_check check (kind in ('task', 'call', 'email', 'meeting', 'note')),
    constraint activities_body_check check (btrim(body) <> ''),
    constraint activities_task_check check (kind = 'task' or assigned_to is null and done_at is null)
);
create index activities_account_idx on cs.activities (tenant_id, account_id, happened_at desc);
create index activities_assigned_to_idx on cs.activities (tenant_id, assigned_to, at);
create index activities_created_by_idx on cs.activities (created_by);
comment on table cs.activities is 'What people did for an account, or plan to do: a row per call, e-mail, meeting, note or task.';
comment on column cs.activities.at is 'When it happened; for a task when it is due.';
comment on column cs.activities.assigned_to is 'Whose task it is; NULL: anyone''s.';
comment on column cs.activities.done_at is 'When a task was done; NULL while it is open, and for all other kinds.';
comment on column cs.activities.happened_at is 'Its place in the timeline: when it happened, or a task was done, or an open one is due.';
comment on column cs.activities.created_by is 'Who wrote it, and may change it for 15 minutes; NULL: the database.';

alter table cs.activities owner to cs_owner;
