-- Owns what the worker cannot do at present; granted to no member. In: the worker. Out: worker_status().

create table cs.worker_failures (
    tenant_id uuid not null,
    id uuid not null,
    step text not null,
    account_id uuid,
    playbook_id uuid,
    error text not null,
    failed_since timestamptz not null default clock_timestamp(),
    last_failed_at timestamptz not null default clock_timestamp(),
    tries integer not null default 1,
    constraint worker_failures_pkey primary key (tenant_id, id),
    constraint worker_failures_subject_key unique nulls not distinct (tenant_id, step, account_id, playbook_id),
    constraint worker_failures_step_check check (step in ('health', 'daily pass', 'overrides', 'playbooks'))
);
comment on table cs.worker_failures is
    'Steps of the worker that stand still for a tenant, or for one account or playbook of it, until they succeed. No foreign key: who holds the row of a tenant must not keep the worker from saying so.';
comment on column cs.worker_failures.step is 'health: marked accounts; daily pass; overrides: ending them; playbooks: what fires by time.';
comment on column cs.worker_failures.account_id is 'The account that cannot be computed; NULL: nothing of the tenant can.';
comment on column cs.worker_failures.playbook_id is 'The playbook that cannot be looked at; NULL: it is not about one.';
comment on column cs.worker_failures.error is 'What PostgreSQL or the extension said at the last try.';

alter table cs.worker_failures owner to cs_owner;
