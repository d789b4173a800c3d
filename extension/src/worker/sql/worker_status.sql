-- $1 system identifier, $2 oid of this database
with is_copy as (
    select not exists (
        select from cs.installation as here where here.system_identifier = $1 and here.database_oid = $2
    ) as it
), waiting as (
    select tenant_id, 'health' as step, count(distinct account_id) as number, min(marked_at) as oldest, null as waits_for
    from cs.health_dirty
    group by tenant_id
    union all
    select pass.tenant_id, 'daily pass', count(*), null, null
    from cs.health_passes as pass
    join cs.accounts as account on account.tenant_id = pass.tenant_id and account.id > pass.passed_up_to
    group by pass.tenant_id
    union all
    select tenant_id, 'overrides', count(*), min(until), null
    from cs.health_overrides
    where ended_at is null and until <= now()
    group by tenant_id
    union all
    select tenant_id, 'playbooks', count(*), min(coalesce(moment, next_at)), null
    from cs.playbook_passes
    where moment is not null or next_at <= now()
    group by tenant_id
    union all
    select
        queued.tenant_id, 'deliveries', count(*), min(queued.run_at),
        coalesce(queued.held, case when breaker.host is null then 'worker' else 'receiver' end) as reason
    from cs.webhook_queue as queued
    left join cs.webhook_breakers as breaker
        on breaker.tenant_id = queued.tenant_id and breaker.host = queued.host and queued.held is null
    where queued.status = 'pending' and queued.run_at <= clock_timestamp()
    group by queued.tenant_id, reason
), of_tenant as (
    select * from cs.worker_failures where account_id is null and playbook_id is null
), told as (
    select
        coalesce(failure.tenant_id, waiting.tenant_id) as tenant_id,
        coalesce(failure.step, waiting.step) as step,
        null::uuid as account_id, null::uuid as playbook_id, failure.error, failure.failed_since, failure.tries,
        coalesce(waiting.number, 0) as waiting, waiting.oldest, waiting.waits_for
    from waiting
    full join of_tenant as failure on failure.tenant_id = waiting.tenant_id and failure.step = waiting.step
    union all
    -- Where the tenant stands still for the same reason, that says it all.
    select
        failure.tenant_id, failure.step, failure.account_id, failure.playbook_id, failure.error, failure.failed_since,
        failure.tries, 0, null, null
    from cs.worker_failures as failure
    where (failure.account_id is not null or failure.playbook_id is not null)
        and not exists (
            select
            from of_tenant
            where of_tenant.tenant_id = failure.tenant_id
                and of_tenant.step = failure.step
                and of_tenant.error = failure.error
        )
)
select
    told.tenant_id, tenant.slug as tenant, told.step, told.account_id, told.playbook_id, told.error, told.failed_since, told.tries,
    told.step = 'deliveries' and (is_copy.it or told.waits_for = 'copy') as held_as_copy,
    told.waiting, told.oldest, told.waits_for
from told
join cs.tenants as tenant on tenant.id = told.tenant_id
cross join is_copy
order by told.error is null, tenant.slug, told.step, told.failed_since, told.waits_for
