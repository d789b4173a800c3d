-- $1 tenant, $2 playbook, $3 and $4 made after this moment and id, $5 made and ended before, $6 status, $7 the most rows.
-- Rows that someone else holds are left for the next walk over everything.
with seen as materialized (
    select delivery.id, delivery.created_at
    from cs.webhook_queue as delivery
    where delivery.tenant_id = $1
        and delivery.playbook_id = $2
        and delivery.created_at >= $3
        and delivery.created_at < $5
        and (delivery.created_at, delivery.id) > ($3, $4)
    order by delivery.created_at, delivery.id
    limit $7
), over as materialized (
    select delivery.id
    from cs.webhook_queue as delivery
    where delivery.tenant_id = $1
        and delivery.id = any (array(select seen.id from seen))
        and delivery.status = $6::cs.webhook_status
        and delivery.processed_at < $5
    for update skip locked
), tries as (
    delete from cs.webhook_attempts as attempt
    where attempt.tenant_id = $1 and attempt.delivery_id = any (array(select over.id from over))
), gone as (
    delete from cs.webhook_queue as delivery
    where delivery.tenant_id = $1 and delivery.id = any (array(select over.id from over))
)
select seen.created_at, seen.id, count(*) over () as seen
from seen
order by seen.created_at desc, seen.id desc
limit 1
