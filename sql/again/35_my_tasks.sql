-- Owns the tasks of whoever asks, with the account each is for.

create or replace view cs.my_tasks
with (security_invoker = true) as
select
    task.tenant_id,
    task.id,
    task.account_id,
    account.name as account_name,
    task.body,
    task.at as due_at,
    task.at < now() as is_overdue,
    task.assigned_to,
    task.created_by
from cs.activities as task
join cs.accounts as account on account.tenant_id = task.tenant_id and account.id = task.account_id
where task.kind = 'task'
    and task.done_at is null
    and account.status <> 'Churned'
    and coalesce(task.assigned_to, account.csm_id) = cs.current_user_id();

alter view cs.my_tasks owner to cs_owner;
comment on view cs.my_tasks is
    'The open tasks of whoever asks: assigned to them, or to no one in an account they look after; lost customers left out.';
comment on column cs.my_tasks.due_at is 'When it is due.';
comment on column cs.my_tasks.is_overdue is 'Whether that is past.';
comment on column cs.my_tasks.assigned_to is 'NULL: to no one, so it is theirs as the account''s CSM.';
