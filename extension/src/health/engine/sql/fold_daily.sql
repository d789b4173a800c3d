-- $1 tenant, $2 accounts, $3 time zone: adds what was appended to the sums by day; those of accounts that are gone go. A day is
-- of the tenant's zone once it was put right, unless something of another zone was added to it.
with gone as (
    delete from cs.usage_daily as daily
    where daily.tenant_id = $1
        and daily.account_id = any ($2)
        and not exists (
            select from cs.accounts as account where account.tenant_id = $1 and account.id = daily.account_id
        )
), taken as (
    delete from cs.usage_daily_changes
    where tenant_id = $1 and account_id = any ($2)
    returning account_id, metric_type, day, total, zone, is_correction
), added as (
    select
        taken.account_id, taken.metric_type, taken.day, sum(taken.total) as total,
        max(taken.zone) filter (where taken.zone <> $3) as foreign_zone,
        bool_or(taken.is_correction and taken.zone = $3) as is_corrected
    from taken
    join cs.accounts as account on account.tenant_id = $1 and account.id = taken.account_id
    group by taken.account_id, taken.metric_type, taken.day
)
insert into cs.usage_daily as daily (tenant_id, account_id, metric_type, day, total, zone)
select $1, account_id, metric_type, day, total, coalesce(foreign_zone, $3)
from added
order by account_id, metric_type, day
on conflict (tenant_id, account_id, metric_type, day) do update
set total = daily.total + excluded.total,
    zone = case
        when excluded.zone <> $3 then excluded.zone
        when (
            select added.is_corrected
            from added
            where added.account_id = daily.account_id
                and added.metric_type = daily.metric_type
                and added.day = daily.day
        ) then $3
        else daily.zone
    end
