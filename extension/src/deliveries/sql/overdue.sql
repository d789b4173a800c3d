-- Of each tenant and host the one that has been due for longest, pair by pair from the index: a backlog of one costs no more
-- than a single delivery. Receivers that are left alone are not waited for by mistake.
with recursive lane as (
    (
        select queued.tenant_id, queued.host, queued.run_at
        from cs.webhook_queue as queued
        where queued.status = 'pending' and queued.held is null
        order by queued.tenant_id, queued.host, queued.run_at
        limit 1
    )
    union all
    select next.tenant_id, next.host, next.run_at
    from lane
    cross join lateral (
        select queued.tenant_id, queued.host, queued.run_at
        from cs.webhook_queue as queued
        where queued.status = 'pending' and queued.held is null
            and (queued.tenant_id, queued.host) > (lane.tenant_id, lane.host)
        order by queued.tenant_id, queued.host, queued.run_at
        limit 1
    ) as next
)
select lane.tenant_id, lane.host, (extract(epoch from lane.run_at) * 1000000)::bigint as run_at
from lane
where lane.run_at < clock_timestamp() - interval '10 seconds'
    and not exists (
        select
        from cs.webhook_breakers as breaker
        where breaker.tenant_id = lane.tenant_id and breaker.host = lane.host and breaker.probe_at > clock_timestamp()
    )
limit 1000
