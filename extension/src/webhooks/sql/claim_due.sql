-- Hosts are read one by one from the index, so a backlog of one costs the others nothing; hosts without a free permit are
-- not read at all. Rows are found by ctid, which stays theirs while this statement holds their locks.
with recursive host as (
    (
        select queued.host
        from cs.webhook_queue as queued
        where queued.status = 'pending'
            and exists (
                select from cs.installation as here where here.system_identifier = $6 and here.database_oid = $7
            )
        order by queued.host
        limit 1
    )
    union all
    select (
        select next.host
        from cs.webhook_queue as next
        where next.status = 'pending' and next.host > host.host
        order by next.host
        limit 1
    )
    from host
    where host.host is not null
), free as (
    select host.host, $3 - coalesce(busy.deliveries, 0) as permits
    from host
    left join unnest($1::text[], $2::integer[]) as busy (host, deliveries) on busy.host = host.host
    where host.host is not null and coalesce(busy.deliveries, 0) < $3
), due as materialized (
    select candidate.place
    from free
    cross join lateral (
        select queued.ctid as place
        from cs.webhook_queue as queued
        where queued.status = 'pending' and queued.host = free.host and queued.run_at <= now()
        order by queued.run_at, queued.id
        limit free.permits
        for update skip locked
    ) as candidate
    limit $4
)
update cs.webhook_queue as delivery
set status = 'processing',
    attempts = delivery.attempts + 1,
    claim_token = $5
from cs.playbooks as playbook
where delivery.ctid = any (array(select due.place from due))
    and playbook.tenant_id = delivery.tenant_id
    and playbook.id = delivery.playbook_id
returning
    delivery.tenant_id, delivery.id, delivery.playbook_id, delivery.host, delivery.attempts, delivery.max_attempts,
    delivery.payload::text as payload,
    case delivery.action when 0 then playbook.webhook_url else playbook.actions -> (delivery.action - 1) ->> 'url' end as url,
    playbook.webhook_secret, playbook.headers
