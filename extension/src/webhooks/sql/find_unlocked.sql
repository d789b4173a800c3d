select id
from cs.webhook_queue
where tenant_id = any ($1) and id = any ($2)
for no key update skip locked
