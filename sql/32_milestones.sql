-- Owns the milestones of each stage, and which of them each account has done or had waived.
-- In: save_milestones, complete_milestone, move_account_stage. Out: the gate before a stage is left.

create table cs.stage_milestones (
    tenant_id uuid not null,
    id uuid not null,
    stage_id uuid not null,
    title text not null,
    description text,
    is_required boolean not null default true,
    due_after_days integer,
    display_order integer not null default 0,
    criteria jsonb,
    is_active boolean not null default true,
    created_at timestamptz not null default clock_timestamp(),
    constraint stage_milestones_pkey primary key (tenant_id, id),
    constraint stage_milestones_stage_id_fkey foreign key (tenant_id, stage_id)
        references cs.journey_stages (tenant_id, id) on delete cascade,
    constraint stage_milestones_title_check check (btrim(title) <> ''),
    constraint stage_milestones_due_after_days_check check (due_after_days > 0)
);
create index stage_milestones_stage_idx on cs.stage_milestones (tenant_id, stage_id, display_order);
create index stage_milestones_criteria_idx on cs.stage_milestones (tenant_id) where criteria is not null and is_active;
comment on table cs.stage_milestones is 'What an account should reach while it is in a stage.';
comment on column cs.stage_milestones.is_required is
    'Whether it has to be done or waived before an account moves forward from its stage.';
comment on column cs.stage_milestones.due_after_days is 'Days of 24 hours after entering the stage; NULL: never due.';
comment on column cs.stage_milestones.criteria is 'What an account in the stage has to meet; once it does, the milestone is done for good. NULL: people complete it.';
comment on column cs.stage_milestones.is_active is 'false: no longer required of any account; kept for those that have done it.';
comment on column cs.stage_milestones.created_at is 'It does not hold back an account that left the stage before this.';

create table cs.account_milestones (
    tenant_id uuid not null,
    account_id uuid not null,
    milestone_id uuid not null,
    state text not null default 'done',
    reason text,
    completed_at timestamptz not null default clock_timestamp(),
    completed_by uuid,
    constraint account_milestones_pkey primary key (tenant_id, account_id, milestone_id),
    constraint account_milestones_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint account_milestones_milestone_id_fkey foreign key (tenant_id, milestone_id)
        references cs.stage_milestones (tenant_id, id) on delete cascade,
    constraint account_milestones_completed_by_fkey foreign key (completed_by) references cs.users (id) on delete set null,
    constraint account_milestones_state_check check (state in ('done', 'waived')),
    constraint account_milestones_reason_check check (state = 'done' or btrim(reason) <> '' and reason is not null)
);
create index account_milestones_milestone_idx on cs.account_milestones (tenant_id, milestone_id);
create index account_milestones_completed_by_idx on cs.account_milestones (completed_by);
comment on table cs.account_milestones is 'Milestones that an account has done or that were waived for it; no row: open.';
comment on column cs.account_milestones.state is 'done, or waived with a reason.';
comment on column cs.account_milestones.completed_by is 'Who completed or waived it; NULL: the database.';

alter table cs.stage_milestones owner to cs_owner;
alter table cs.account_milestones owner to cs_owner;
