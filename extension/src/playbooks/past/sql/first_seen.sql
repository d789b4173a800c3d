-- $1 tenant, $2 accounts or NULL for all, $3 and $4 as in the other queries: when the first row of each account was, of any kind.
select account.id, min(first.recorded_at)
from cs.accounts as account
cross join unnest(enum_range(null::cs.metric_type)) as kind (metric_type)
cross join lateral (
    select metric.recorded_at
    from cs.usage_metrics as metric
    where metric.tenant_id = account.tenant_id
        and metric.account_id = account.id
        and metric.metric_type = kind.metric_type
    order by metric.recorded_at
    limit 1
) as first
where account.tenant_id = $1 and ($2::uuid[] is null or account.id = any ($2)) and $3::timestamptz <= $4::timestamptz
group by account.id
