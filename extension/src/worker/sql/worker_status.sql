-- $1 system identifier, $2 oid of this database
with is_copy as (
    select not exists (
        select from cs.installation as here where here.system_identifier = $1 and here.database_oid = $2
    ) as it
), waiting as (
    select tenant_id, 'health' as step, count(distinct account_id) as number, min(marked_at) as oldest
    from cs.health_dirty
    group by tenant_id
    union all
    select pass.tenant_id, 'daily pass', count(*), null
    from cs.health_passes as pass
    join cs.accounts as account on account.tenant_id = pass.tenant_id and account.id > pass.passed_up_to
    group by pass.tenant_id
    union all
    select tenant_id, 'overrides', count(*), min(until)
    from cs.health_overrides
    where ended_at is null and until <= now()
    group by tenant_id
    union all
    select tenant_id, 'playbooks', count(*), min(coalesce(moment, next_at))
    from cs.playbook_passes
    where moment is not null or next_at <= now()
    group by tenant_id
    union all
    select tenant_id, 'deliveries', count(*), min(run_at)
    from cs.webhook_queue
    where status = 'pending' and run_at <= now()
    group by tenant_id
), told as (
    select
        coalesce(failure.tenant_id, waiting.tenant_id) as tenant_id,
        coalesce(failure.step, waiting.step) as step,
        failure.account_id, failure.playbook_id, failure.error, failure.failed_since, failure.tries,
        coalesce(waiting.number, 0) as waiting, waiting.oldest
    from waiting
    full join cs.worker_failures as failure on failure.tenant_id = waiting.tenant_id and failure.step = waiting.step
)
select
    told.tenant_id, tenant.slug as tenant, told.step, told.account_id, told.playbook_id, told.error, told.failed_since, told.tries,
    told.step = 'deliveries' and is_copy.it as held_as_copy,
    told.waiting, told.oldest
from told
join cs.tenants as tenant on tenant.id = told.tenant_id
cross join is_copy
order by told.error is null, tenant.slug, told.step, told.failed_since
