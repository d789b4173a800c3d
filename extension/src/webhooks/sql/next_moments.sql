-- $1 tenants, $2 hosts, $3 now in µs since 1970: when each lane has something next.
select
    lane.tenant_id, lane.host,
    (
        select (extract(epoch from queued.run_at) * 1000000)::bigint
        from cs.webhook_queue as queued
        where queued.status = 'pending'
            and queued.held is null
            and queued.tenant_id = lane.tenant_id
            and queued.host = lane.host
            and queued.run_at > '1970-01-01 00:00:00+00'::timestamptz + $3 * interval '1 microsecond'
        order by queued.run_at
        limit 1
    ) as run_at
from unnest($1::uuid[], $2::text[]) as lane (tenant_id, host)
