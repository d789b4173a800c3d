-- $1 tenant, $2 number of each silence, $3 its kind, $4 when the days before it begin, $5 its last row; $6 the number of the
-- silence that a day is before, $7 when the day begins, $8 when it ends. Accounts are counted up to three.
select silence.number, days.number as days, accounts.number as accounts
from unnest($2::integer[], $3::text[], $4::timestamptz[], $5::timestamptz[]) as silence (number, kind, since, last)
cross join lateral (
    select count(*) as number
    from unnest($6::integer[], $7::timestamptz[], $8::timestamptz[]) as day (silence, since, until)
    where day.silence = silence.number
        and exists (
            select
            from cs.usage_metrics
            where tenant_id = $1
                and metric_type = silence.kind::cs.metric_type
                and recorded_at >= day.since
                and recorded_at < day.until
        )
) as days
left join lateral (
    select account_id
    from cs.usage_metrics
    where tenant_id = $1
        and metric_type = silence.kind::cs.metric_type
        and recorded_at >= silence.since
        and recorded_at <= silence.last
    limit 1
) as first on true
left join lateral (
    select account_id
    from cs.usage_metrics
    where tenant_id = $1
        and metric_type = silence.kind::cs.metric_type
        and recorded_at >= silence.since
        and recorded_at <= silence.last
        and account_id <> first.account_id
    limit 1
) as second on true
left join lateral (
    select account_id
    from cs.usage_metrics
    where tenant_id = $1
        and metric_type = silence.kind::cs.metric_type
        and recorded_at >= silence.since
        and recorded_at <= silence.last
        and account_id not in (first.account_id, second.account_id)
    limit 1
) as third on true
cross join lateral (
    select count(it) as number from unnest(array[first.account_id, second.account_id, third.account_id]) as it
) as accounts
