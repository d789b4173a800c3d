-- $1 tenant, $2 playbook, $3 account, $4 host, $5 response status, $6 since and $7 until in microseconds since 2000, $8 a part
-- of the error, $9 whether only those of playbooks that are on, $10 the most ids.
with found as materialized (
    select
        delivery.id, delivery.created_at,
        not $9
            or coalesce(
                playbook.deleted_at is null and (delivery.is_test or playbook.is_active and playbook.paused_at is null), false
            ) as is_taken
    from cs.webhook_queue as delivery
    left join cs.playbooks as playbook on playbook.tenant_id = delivery.tenant_id and playbook.id = delivery.playbook_id
    where delivery.tenant_id = $1
        and <wanted>
        and ($2::uuid is null or delivery.playbook_id = $2)
        and ($3::uuid is null or delivery.account_id = $3)
        and ($4::text is null or delivery.host = $4)
        and ($5::integer is null or delivery.response_status = $5)
        and ($6::bigint is null or delivery.created_at >= timestamptz '2000-01-01 00:00:00+00' + $6 * interval '1 microsecond')
        and ($7::bigint is null or delivery.created_at < timestamptz '2000-01-01 00:00:00+00' + $7 * interval '1 microsecond')
        and ($8::text is null or position(lower($8) in lower(delivery.last_error)) > 0)
)
select
    array(select found.id from found where found.is_taken order by found.created_at, found.id limit $10) as ids,
    (select count(*) from found where found.is_taken) as matching,
    (select count(*) from found where not found.is_taken) as idle
