-- Tries that take longer than a moment: people see them, and a crash counts them. $1 tenants, $2 ids, $3 token, $4 numbers of the tries
update cs.webhook_queue as delivery
set status = 'processing', attempts = try.attempt, claim_token = $3
from unnest($1::uuid[], $2::uuid[], $4::integer[]) as try (tenant_id, id, attempt)
where delivery.tenant_id = try.tenant_id
    and delivery.id = try.id
    and delivery.status = 'pending'
    and delivery.held is null
