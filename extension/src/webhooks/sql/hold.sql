-- $1 tenants, $2 ids, $3 why each, $4 this installation: a copy may have been confirmed meanwhile; of playbooks and tenants that were
-- switched on meanwhile the worker is told.
update cs.webhook_queue as delivery
set held = obstacle.held
from unnest($1::uuid[], $2::uuid[], $3::text[]) as obstacle (tenant_id, id, held)
where delivery.tenant_id = obstacle.tenant_id
    and delivery.id = obstacle.id
    and delivery.status = 'pending'
    and delivery.held is null
    and (obstacle.held <> 'copy' or delivery.installation <> $4)
