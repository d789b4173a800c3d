-- $1 tenant, $2 playbook, $3 account, $4 event; $5 ids, $6 places of the actions, $7 channels and $8 payloads of what leaves.
insert into cs.webhook_queue (id, tenant_id, playbook_id, account_id, event_id, action, channel, payload, is_test)
select it.id, $1, $2, $3, $4, it.action, it.channel, it.payload::jsonb, true
from unnest($5::uuid[], $6::integer[], $7::text[], $8::text[]) as it (id, action, channel, payload)
returning id
