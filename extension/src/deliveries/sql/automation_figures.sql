-- $1 a tenant, or NULL for all; $2 the id that deliveries have at least that are counted by when they ended.
select
    tenant.id,
    tenant.slug,
    jsonb_build_object(
        'pending', free.number + held.number,
        'due', free.due,
        'oldest_due_at', free.oldest,
        'oldest_due_seconds', floor(extract(epoch from clock_timestamp() - free.oldest)),
        'late_seconds', floor(extract(epoch from clock_timestamp() - free.oldest_of_others)),
        'held', held.by_reason,
        'bytes_waiting', coalesce(round(size.mean * (free.number + held.number)), 0),
        'dead_letters', (
            select count(*) from cs.webhook_queue as dead where dead.tenant_id = tenant.id and dead.status = 'failed'
        ),
        'marked_accounts', (
            select count(distinct mark.account_id) from cs.health_dirty as mark where mark.tenant_id = tenant.id
        ),
        'breakers', (
            select coalesce(jsonb_agg(to_jsonb(breaker) - 'tenant_id' order by breaker.opened_at, breaker.host), '[]')
            from cs.webhook_breakers as breaker
            where breaker.tenant_id = tenant.id
        )
    ) || to_jsonb(lately) as figures
from cs.tenants as tenant
cross join lateral (
    select
        coalesce(sum(lane.number), 0) as number,
        coalesce(sum(lane.due), 0) as due,
        min(lane.oldest) as oldest,
        min(lane.oldest) filter (where breaker.host is null) as oldest_of_others
    from (
        select
            queued.host,
            count(*) as number,
            count(*) filter (where queued.run_at <= clock_timestamp()) as due,
            min(queued.run_at) filter (where queued.run_at <= clock_timestamp()) as oldest
        from cs.webhook_queue as queued
        where queued.tenant_id = tenant.id and queued.status = 'pending' and queued.held is null
        group by queued.host
    ) as lane
    left join cs.webhook_breakers as breaker on breaker.tenant_id = tenant.id and breaker.host = lane.host
) as free
cross join lateral (
    select coalesce(sum(reason.number), 0) as number, coalesce(jsonb_object_agg(reason.held, reason.number), '{}') as by_reason
    from (
        select queued.held, count(*) as number
        from cs.webhook_queue as queued
        where queued.tenant_id = tenant.id and queued.held is not null and queued.status = 'pending'
        group by queued.held
    ) as reason
) as held
cross join lateral (
    select avg(few.bytes) as mean
    from (
        (
            select queued.bytes
            from cs.webhook_queue as queued
            where queued.tenant_id = tenant.id and queued.status = 'pending' and queued.held is null
            limit 100000
        )
        union all
        (
            select queued.bytes
            from cs.webhook_queue as queued
            where queued.tenant_id = tenant.id and queued.held is not null and queued.status = 'pending'
            limit 100000
        )
    ) as few
) as size
cross join lateral (
    select
        made.*,
        round(100.0 * made.failed_day / nullif(made.failed_day + made.completed_day, 0), 1) as failed_percent_day
    from (
        select
            count(*) filter (where status = 'processing') as processing,
            count(*) filter (where status = 'completed' and age < interval '1 minute') as completed_minute,
            count(*) filter (where status = 'failed' and age < interval '1 minute') as failed_minute,
            count(*) filter (where status = 'completed' and age < interval '1 hour') as completed_hour,
            count(*) filter (where status = 'failed' and age < interval '1 hour') as failed_hour,
            count(*) filter (where status = 'completed' and age < interval '24 hours') as completed_day,
            count(*) filter (where status = 'failed' and age < interval '24 hours') as failed_day,
            count(*) filter (
                where status = 'failed' and age < interval '24 hours' and last_error !~ '^(cancelled|dropped) by '
            ) as given_up_day
        from (
            select queued.status, queued.last_error, clock_timestamp() - queued.processed_at as age
            from cs.webhook_queue as queued
            where queued.tenant_id = tenant.id and queued.id >= $2
            order by queued.id desc
            limit 200000
        ) as latest
    ) as made
) as lately
where $1::uuid is null or tenant.id = $1
order by tenant.slug
