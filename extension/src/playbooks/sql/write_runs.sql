with run as (
    select *
    from unnest(
        $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::text[], $7::text[], $8::integer[], $9::text[],
        $10::uuid[], $11::uuid[], $12::boolean[], $13::bigint[]
    ) as it (
        id, tenant_id, playbook_id, account_id, playbook_version, result, event, chain, actions, webhook_id, burst_id, is_open,
        sequence
    )
), superseded as (
    update cs.playbook_executions as earlier
    set is_open = false
    from run
    where earlier.is_open
        and earlier.tenant_id = run.tenant_id
        and earlier.account_id = run.account_id
        and earlier.playbook_id = run.playbook_id
), queued as (
    insert into cs.webhook_queue (
        id, tenant_id, playbook_id, account_id, event_id, action, channel, payload, is_ordered, sequence
    )
    select id, tenant_id, playbook_id, account_id, event_id, action, channel, payload::jsonb, is_ordered, sequence
    from unnest(
        $14::uuid[], $15::uuid[], $16::uuid[], $17::uuid[], $18::uuid[], $19::integer[], $20::text[], $21::text[],
        $22::boolean[], $23::bigint[]
    ) as delivery (id, tenant_id, playbook_id, account_id, event_id, action, channel, payload, is_ordered, sequence)
)
insert into cs.playbook_executions (
    id, tenant_id, playbook_id, account_id, executed_at, result, playbook_version, event, chain, actions, webhook_id, burst_id,
    is_open, sequence
)
select
    id, tenant_id, playbook_id, account_id, clock_timestamp(), result, playbook_version, event::jsonb, chain, actions::jsonb,
    webhook_id, burst_id, is_open, sequence
from run
