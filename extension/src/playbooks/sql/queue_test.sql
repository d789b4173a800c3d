-- $1 tenant, $2 playbook, $3 account, $4 event, $5 payload, $6 places of its webhooks.
insert into cs.webhook_queue (tenant_id, playbook_id, account_id, event_id, action, payload, is_test)
select $1, $2, $3, $4, action, $5::jsonb, true
from unnest($6::integer[]) as action
returning id
