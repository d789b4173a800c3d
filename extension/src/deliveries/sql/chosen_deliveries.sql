-- $1 ids. The tenants are named so that the key is found also for who bypasses row security.
select
    delivery.tenant_id, delivery.id, delivery.playbook_id, delivery.account_id, delivery.event_id, delivery.action,
    delivery.channel, delivery.status::text as status,
    coalesce(playbook.name, '') as playbook_name,
    case
        when playbook.id is null then 'is gone'
        when playbook.deleted_at is not null then 'was deleted'
        when delivery.is_test then null
        when not playbook.is_active then 'is switched off'
        when playbook.paused_at is not null then 'is paused'
    end as playbook_idles,
    delivery.payload ->> 'event_type' as event_type,
    delivery.payload ->> 'previous_stage' as previous_stage,
    delivery.payload ->> 'triggered_at' as triggered_at,
    coalesce(delivery.sequence, (delivery.payload ->> 'sequence')::bigint) as sequence,
    (delivery.payload ->> 'chain')::integer as chain
from cs.webhook_queue as delivery
left join cs.playbooks as playbook on playbook.tenant_id = delivery.tenant_id and playbook.id = delivery.playbook_id
where delivery.tenant_id = any (array(select tenant.id from cs.tenants as tenant)) and delivery.id = any ($1)
order by delivery.tenant_id, delivery.id
