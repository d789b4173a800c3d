-- $1 tenant, $2 step, $3 account or NULL, $4 playbook or NULL, $5 error
with before as (
    select error
    from cs.worker_failures
    where tenant_id = $1 and step = $2 and account_id is not distinct from $3 and playbook_id is not distinct from $4
)
insert into cs.worker_failures (tenant_id, step, account_id, playbook_id, error)
values ($1, $2, $3, $4, $5)
on conflict (tenant_id, step, account_id, playbook_id) do update
set error = excluded.error, last_failed_at = clock_timestamp(), tries = worker_failures.tries + 1
returning coalesce((select before.error = $5 from before), false) as is_known
