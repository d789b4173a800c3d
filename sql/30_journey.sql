-- Owns the history of stages: one gapless chain of rows per account, written by triggers alone.
-- In: changes of accounts.current_stage. Out: velocity, and playbooks that fire on a stage.

create table cs.journey_history (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    from_stage text,
    to_stage text not null,
    entered_at timestamptz not null,
    exited_at timestamptz,
    duration_days integer,
    triggered_by uuid,
    notes text,
    override_reason text,
    waived uuid[],
    is_undone boolean not null default false,
    is_resumed boolean not null default false,
    resumes uuid,
    status_before cs.account_status,
    constraint journey_history_pkey primary key (tenant_id, id),
    constraint journey_history_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint journey_history_from_stage_fkey foreign key (tenant_id, from_stage)
        references cs.journey_stages (tenant_id, name) on update cascade,
    constraint journey_history_to_stage_fkey foreign key (tenant_id, to_stage)
        references cs.journey_stages (tenant_id, name) on update cascade,
    constraint journey_history_triggered_by_fkey foreign key (triggered_by) references cs.users (id) on delete set null,
    constraint journey_history_exited_at_check check (exited_at >= entered_at),
    constraint journey_history_duration_days_check check ((duration_days is null) = (exited_at is null))
);
create index journey_history_account_idx on cs.journey_history (tenant_id, account_id, entered_at);
-- After the index above: of two that cost the same, as long as few accounts have moved, the planner takes the newer.
create unique index journey_history_open_key on cs.journey_history (tenant_id, account_id) where exited_at is null;
create index journey_history_from_stage_idx on cs.journey_history (tenant_id, from_stage);
create index journey_history_to_stage_idx on cs.journey_history (tenant_id, to_stage);
create index journey_history_triggered_by_idx on cs.journey_history (triggered_by);
comment on table cs.journey_history is
    'Every stay of an account in a stage. The open row (exited_at is null) is the current one; each row begins when the one before it ends.';
comment on column cs.journey_history.from_stage is 'The stage before; NULL for the first.';
comment on column cs.journey_history.duration_days is 'Whole days of 24 hours, floor((exited_at - entered_at) / 86400 s).';
comment on column cs.journey_history.override_reason is 'Why milestones were waived for this move.';
comment on column cs.journey_history.is_undone is
    'This stay was taken back by undo_stage_move: it counts nowhere, neither as a stage the account was in nor for the milestones that hold it back.';
comment on column cs.journey_history.is_resumed is
    'The move that ended this stay was taken back: it went on, and counts as part of the row that resumes it. counted_stays shows it as one.';
comment on column cs.journey_history.resumes is
    'Of a stay that undo_stage_move opened: the row with which it first began, whose entered_at and from_stage it has. NULL for all others.';
comment on column cs.journey_history.status_before is
    'The status before this move, where the move changed it: undo_stage_move gives it back.';
comment on column cs.journey_history.waived is 'The milestones waived for this move: undo_stage_move takes these waivers back.';
comment on column cs.journey_history.triggered_by is 'The person who moved it; NULL for the database or a playbook.';

alter table cs.journey_history owner to cs_owner;
