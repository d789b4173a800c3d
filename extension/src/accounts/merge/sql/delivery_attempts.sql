-- $1 tenant, $2 account to keep, $3 merged. They follow their delivery.
update cs.webhook_attempts as attempt
set account_id = $2
from cs.webhook_queue as delivery
where attempt.tenant_id = $1
    and attempt.account_id = $3
    and delivery.tenant_id = $1
    and delivery.id = attempt.delivery_id
    and delivery.account_id = $2
returning 1 as moved
