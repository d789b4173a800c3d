-- Every lane that has something pending: from one to the next in the index, however much each holds.
with recursive lane as (
    (
        select queued.tenant_id, queued.host
        from cs.webhook_queue as queued
        where queued.status = 'pending' and queued.held is null
        order by queued.tenant_id, queued.host
        limit 1
    )
    union all
    select next.tenant_id, next.host
    from lane
    cross join lateral (
        select queued.tenant_id, queued.host
        from cs.webhook_queue as queued
        where queued.status = 'pending'
            and queued.held is null
            and (queued.tenant_id, queued.host) > (lane.tenant_id, lane.host)
        order by queued.tenant_id, queued.host
        limit 1
    ) as next
)
select tenant_id, host
from lane
limit $1
