with run as (
    select *
    from unnest(
        $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::text[], $7::text[], $8::uuid[], $9::text[]
    ) as it (tenant_id, playbook_id, account_id, event_id, playbook_version, result, event, webhook_id, payload)
), queued as (
    insert into cs.webhook_queue (tenant_id, id, playbook_id, account_id, event_id, payload)
    select tenant_id, webhook_id, playbook_id, account_id, event_id, payload::jsonb
    from run
    where webhook_id is not null
)
insert into cs.playbook_executions (
    tenant_id, playbook_id, account_id, executed_at, result, playbook_version, event, webhook_id
)
select tenant_id, playbook_id, account_id, clock_timestamp(), result, playbook_version, event::jsonb, webhook_id
from run
