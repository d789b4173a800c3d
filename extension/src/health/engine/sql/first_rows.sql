-- $1 tenant, $3 moment: the first row of each account and kind, and the last one with a quantity where it is from before the
-- rows that are read anyway ($4). A condition over $2 may follow.
select account.id, kind.metric_type, first.recorded_at, last.recorded_at
from cs.accounts as account
-- Account by account, as the index is ordered: without a column of the account, the planner may go through all accounts kind by kind.
cross join lateral (
    select metric_type
    from unnest(enum_range(null::cs.metric_type)) as every (metric_type)
    where account.tenant_id = $1
    offset 0
) as kind
cross join lateral (
    select metric.recorded_at
    from cs.usage_metrics as metric
    where metric.tenant_id = account.tenant_id
        and metric.account_id = account.id
        and metric.metric_type = kind.metric_type
        and metric.recorded_at <= $3
    order by metric.recorded_at
    limit 1
) as first
left join lateral (
    select metric.recorded_at
    from cs.usage_metrics as metric
    where first.recorded_at <= $4
        and kind.metric_type <> 'support_tickets'
        and metric.tenant_id = account.tenant_id
        and metric.account_id = account.id
        and metric.metric_type = kind.metric_type
        and metric.recorded_at <= $4
        and metric.metric_value > 0
    order by metric.recorded_at desc
    limit 1
) as last on true
where account.tenant_id = $1
