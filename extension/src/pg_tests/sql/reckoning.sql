-- What the figures have to be, worked out moment by moment from what was told in pg_temp.

-- Who is one customer with whom: the root of each account, found by climbing.
create function pg_temp.customer(account_id uuid) returns uuid language sql stable as $$
    with recursive up as (
        select id, parent_id from cs.accounts where id = customer.account_id
        union all
        select parent.id, parent.parent_id from up join cs.accounts as parent on parent.id = up.parent_id
    )
    select case when current_setting('reckoning.includes')::boolean
        then (select id from up where parent_id is null) else customer.account_id end
$$;

-- What an account was paying, just before a moment or, if inclusive, from it on.
create function pg_temp.own(account_id uuid, at timestamptz, inclusive boolean) returns numeric language sql stable as $$
    select coalesce((
        select paid.arr from pg_temp.paid
        where paid.account_id = own.account_id and (paid.at < own.at or own.inclusive and paid.at = own.at)
        order by paid.at desc limit 1
    ), 0)
$$;

create function pg_temp.counts(account_id uuid, at timestamptz, inclusive boolean) returns numeric language sql stable as $$
    select case when current_setting('reckoning.includes')::boolean
        then greatest(0, pg_temp.own(counts.account_id, counts.at, counts.inclusive) - coalesce((
            select sum(pg_temp.own(child.id, counts.at, counts.inclusive))
            from cs.accounts as child where child.parent_id = counts.account_id
        ), 0))
        else pg_temp.own(counts.account_id, counts.at, counts.inclusive)
    end
$$;

create table pg_temp.member as
select account.id as account_id, pg_temp.customer(account.id) as customer_id
from cs.accounts as account where account.name like 'Account %';

-- The first moment from which a customer counts anything.
create table pg_temp.began as
select it.customer_id, min(it.at) as at
from (
    select member.customer_id, paid.at
    from pg_temp.member
    join pg_temp.member as relative on relative.customer_id = member.customer_id
    join pg_temp.paid on paid.account_id = relative.account_id
    where pg_temp.counts(member.account_id, paid.at, true) > 0
) as it
group by it.customer_id;

create table pg_temp.months as
select
    month.day::date as month,
    month.day at time zone current_setting('reckoning.zone') as since,
    least((month.day + interval '1 month') at time zone current_setting('reckoning.zone'), now()) as until
from (
    select generate_series(
        date_trunc('month', (select min(at) from pg_temp.paid) at time zone current_setting('reckoning.zone')),
        now() at time zone current_setting('reckoning.zone'), interval '1 month'
    ) as day
) as month;

create table pg_temp.flows as
select
    it.*,
    began.at as began,
    date_trunc('month', began.at at time zone current_setting('reckoning.zone'))::date as cohort
from (
    select
        month.month, month.since, member.customer_id,
        sum(pg_temp.counts(member.account_id, month.since, false)) as s,
        sum(pg_temp.counts(member.account_id, month.until, false)) as e
    from pg_temp.months as month, pg_temp.member
    group by month.month, month.since, member.customer_id
) as it
left join pg_temp.began on began.customer_id = it.customer_id;

create view pg_temp.reckoned as
select 'retention ' || concat_ws(' ', month, sum(s), sum(e) filter (where s > 0), sum(least(s, e)),
    round(sum(least(s, e)) filter (where s > 0) / nullif(sum(s), 0), 4),
    round(sum(e) filter (where s > 0) / nullif(sum(s), 0), 4),
    count(*) filter (where s > 0), count(*) filter (where s > 0 and e = 0)) as line
from pg_temp.flows group by month having sum(s) > 0
union all
select 'bridge ' || concat_ws(' ', month, sum(s),
    sum(case when s = 0 and began >= since then e else 0 end),
    sum(case when s = 0 and began < since then e else 0 end),
    sum(case when s > 0 and e > s then e - s else 0 end),
    sum(case when s > 0 and e > 0 and e < s then s - e else 0 end),
    sum(case when s > 0 and e = 0 then s else 0 end),
    sum(e))
from pg_temp.flows group by month
union all
select 'cohort ' || concat_ws(' ', cohort, month, count(*), count(*) filter (where e > 0), sum(e),
    round(count(*) filter (where e > 0)::numeric / count(*), 4))
from pg_temp.flows where cohort <= month group by cohort, month
union all
select 'velocity ' || concat_ws(' ', period.name, stage.name,
    count(*) filter (where stay.entered_at >= period.since and stay.entered_at < period.until),
    count(*) filter (where stay.exited_at >= period.since and stay.exited_at < period.until),
    coalesce(round(avg(extract(epoch from stay.exited_at - stay.entered_at) / 86400)
        filter (where stay.exited_at >= period.since and stay.exited_at < period.until), 1)::text, '-'),
    coalesce(round((percentile_cont(0.5) within group (order by extract(epoch from stay.exited_at - stay.entered_at) / 86400)
        filter (where stay.exited_at >= period.since and stay.exited_at < period.until))::numeric, 1)::text, '-'),
    count(*) filter (where stay.entered_at < period.until and (stay.exited_at is null or stay.exited_at >= period.until)),
    coalesce(round(avg(extract(epoch from least(period.until, now()) - stay.entered_at) / 86400) filter (
        where stay.entered_at < period.until and (stay.exited_at is null or stay.exited_at >= period.until)), 1)::text, '-'),
    coalesce(round(
        count(*) filter (where stay.exited_at >= period.since and stay.exited_at < period.until and next.display_order > stage.display_order
            and not next.is_side and not next.is_end and not stage.is_side and not stage.is_end)::numeric
        / nullif(count(*) filter (where stay.exited_at >= period.since and stay.exited_at < period.until
            and not stage.is_side and not stage.is_end), 0), 3)::text, '-'))
from (
    select 'all' as name, '-infinity'::timestamptz as since, 'infinity'::timestamptz as until
    union all
    select 'month ' || month.month, month.since, month.until from pg_temp.months as month
    where month.until < now()
) as period
cross join (select stage.* from cs.journey_stages as stage join cs.tenants as tenant on tenant.id = stage.tenant_id where tenant.slug = 'one') as stage
left join (
    select stay.*, lead(stay.stage) over (partition by stay.account_id order by stay.place) as next_stage from pg_temp.stays as stay
) as stay on stay.stage = stage.name
left join cs.journey_stages as next on next.tenant_id = stage.tenant_id and next.name = stay.next_stage
group by period.name, stage.name
union all
select 'growth ' || concat_ws(' ', date_trunc('week', stay.entered_at at time zone current_setting('reckoning.zone'))::date,
    coalesce(stay.from_stage, '-'), stay.stage, count(*))
from pg_temp.stays as stay
group by date_trunc('week', stay.entered_at at time zone current_setting('reckoning.zone')), stay.from_stage, stay.stage
union all
select 'flow ' || concat_ws(' ', month.month, coalesce(it.from_stage, '-'), it.stage, count(*),
    coalesce(round((percentile_cont(0.5) within group (order by extract(epoch from it.entered_at - it.began) / 86400))::numeric, 1)::text, '-'))
from pg_temp.months as month
join (
    select stay.*, lag(stay.entered_at) over (partition by stay.account_id order by stay.place) as began from pg_temp.stays as stay
) as it on it.entered_at >= month.since and it.entered_at < month.until
group by month.month, it.from_stage, it.stage
union all
select 'stay ' || concat_ws(' ', stay.account_id, stay.stage, stay.entered_at at time zone 'UTC',
    floor(extract(epoch from now() - stay.entered_at) / 86400))
from pg_temp.stays as stay where stay.exited_at is null
union all
select 'before ' || concat_ws(' ', month.month, count(account.id), coalesce(sum(pg_temp.counts(account.id, month.since, false)), 0))
from pg_temp.months as month
left join cs.accounts as account
    on account.name like 'Account %'
    and (
        account.created_at < month.since
        or exists (
            select from pg_temp.paid where paid.account_id = account.id and paid.arr > 0 and paid.at < month.since
        )
    )
    and not exists (
        select from pg_temp.stays as stay
        where stay.account_id = account.id and stay.stage = 'Churned'
            and stay.entered_at < month.since and (stay.exited_at is null or stay.exited_at >= month.since)
    )
group by month.month;
