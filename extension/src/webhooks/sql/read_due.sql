-- $1 tenants, $2 hosts, $3 and $4 from where, in µs since 1970 and by id, $5 rows and $6 bytes at most, $7 now, $8 this installation.
-- Each lane is read from where it was left, so that dead rows before that, which a reader elsewhere keeps from being cleaned up, cost
-- nothing.
select
    due.tenant_id, due.id, due.playbook_id, due.host, due.channel, due.action, due.attempts, due.max_attempts, due.bytes,
    (extract(epoch from due.run_at) * 1000000)::bigint as run_at,
    (extract(epoch from due.created_at) * 1000000)::bigint as created_at,
    due.payload::text as payload,
    case
        when due.installation <> $8 then 'copy'
        when not tenant.is_active then 'tenant'
        when playbook.id is null or playbook.deleted_at is not null then 'deleted'
        when due.is_test then null
        when not playbook.is_active or playbook.paused_at is not null then 'playbook'
    end as obstacle,
    case due.action when 0 then playbook.webhook_url else playbook.actions -> (due.action - 1) ->> 'url' end as url,
    playbook.webhook_secret,
    case when playbook.signing_changed_at > now() - interval '24 hours' then playbook.previous_secret end as previous_secret,
    playbook.headers
from unnest($1::uuid[], $2::text[], $3::bigint[], $4::uuid[], $5::integer[], $6::bigint[]) as lane (
    tenant_id, host, from_moment, from_id, most, bytes
)
cross join lateral (
    select queued.*, sum(queued.bytes) over (order by queued.run_at, queued.id) - queued.bytes as bytes_before
    from (
        select candidate.*
        from cs.webhook_queue as candidate
        where candidate.status = 'pending'
            and candidate.held is null
            and candidate.tenant_id = lane.tenant_id
            and candidate.host = lane.host
            and (candidate.run_at, candidate.id)
            >= ('1970-01-01 00:00:00+00'::timestamptz + lane.from_moment * interval '1 microsecond', lane.from_id)
            and candidate.run_at <= '1970-01-01 00:00:00+00'::timestamptz + $7 * interval '1 microsecond'
        order by candidate.run_at, candidate.id
        limit lane.most
    ) as queued
) as due
join cs.tenants as tenant on tenant.id = due.tenant_id
left join cs.playbooks as playbook on playbook.tenant_id = due.tenant_id and playbook.id = due.playbook_id
where due.bytes_before < lane.bytes
order by due.run_at, due.id
