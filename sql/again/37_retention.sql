-- Owns what became of ARR between two moments: retention, the bridge from ARR to ARR, cohorts.

create or replace function cs.retention_between(since timestamptz, until timestamptz, criteria jsonb default null)
returns table (
    start_arr numeric,
    end_arr numeric,
    kept numeric,
    grr numeric,
    nrr numeric,
    expansion numeric,
    contraction numeric,
    churned_arr numeric,
    accounts_start integer,
    accounts_lost integer
)
language sql stable rows 1
begin atomic
    with lasting as materialized (
        select cs.retention_criteria(retention_between.criteria) as criteria
    )
    select
        coalesce(sum(flow.start_arr), 0),
        coalesce(sum(flow.end_arr), 0),
        coalesce(sum(flow.kept), 0),
        round(sum(flow.kept) / sum(flow.start_arr), 4),
        round(sum(flow.end_arr) / sum(flow.start_arr), 4),
        coalesce(sum(flow.expansion), 0),
        coalesce(sum(flow.contraction), 0),
        coalesce(sum(flow.churned_arr), 0),
        count(*)::integer,
        count(*) filter (where flow.end_arr = 0)::integer
    from cs.arr_between(retention_between.since, retention_between.until) as flow
    where flow.start_arr > 0
        and (
            (select lasting.criteria is null from lasting)
            or flow.account_id in (select cs.matching_accounts((select lasting.criteria from lasting)))
        );
end;

alter function cs.retention_between(timestamptz, timestamptz, jsonb) owner to cs_owner;
revoke execute on function cs.retention_between(timestamptz, timestamptz, jsonb) from public;
comment on function cs.retention_between(timestamptz, timestamptz, jsonb) is
    'Of the customers that had ARR at since, just before any change of that moment: how much of it they still have at until (infinity: now). grr: without expansion, customer by customer, so that growth of one does not hide a loss of another; nrr: with it; shares from 0, NULL where there was no ARR. A customer is an account or, with the setting parent_arr_includes_children, a family: the sum of the ARR that counts over it, criteria asked of its root. criteria apply to the accounts as they are now; conditions on status alone are left out, because no account would ever count as lost.';

create or replace function cs.arr_bridge_between(since timestamptz, until timestamptz, criteria jsonb default null)
returns table (
    start_arr numeric,
    new_arr numeric,
    returned_arr numeric,
    expansion numeric,
    contraction numeric,
    churned_arr numeric,
    end_arr numeric
)
language sql stable rows 1
begin atomic
    with lasting as materialized (
        select cs.retention_criteria(arr_bridge_between.criteria) as criteria
    )
    select
        coalesce(sum(flow.start_arr), 0),
        coalesce(sum(flow.new_arr), 0),
        coalesce(sum(flow.returned_arr), 0),
        coalesce(sum(flow.expansion), 0),
        coalesce(sum(flow.contraction), 0),
        coalesce(sum(flow.churned_arr), 0),
        coalesce(sum(flow.end_arr), 0)
    from cs.arr_between(arr_bridge_between.since, arr_bridge_between.until) as flow
    where (select lasting.criteria is null from lasting)
        or flow.account_id in (select cs.matching_accounts((select lasting.criteria from lasting)));
end;

alter function cs.arr_bridge_between(timestamptz, timestamptz, jsonb) owner to cs_owner;
revoke execute on function cs.arr_bridge_between(timestamptz, timestamptz, jsonb) from public;
comment on function cs.arr_bridge_between(timestamptz, timestamptz, jsonb) is
    'From the ARR at since to that at until (infinity: now): start + new + returned + expansion - contraction - churned = end, as in arr_between, summed over customers. A change at since belongs to the period, one at until to the next. criteria and customers as in retention_between.';

create or replace view cs.arr_months
with (security_invoker = true) as
select
    tenant.id as tenant_id,
    month.local::date as month,
    month.local at time zone zone.name as since,
    case
        when month.local < date_trunc('month', now() at time zone zone.name)
            then (month.local + interval '1 month') at time zone zone.name
    end as until
from cs.tenants as tenant
cross join lateral (select cs.time_zone(tenant.settings) as name) as zone
cross join lateral (
    select min(history.valid_from) as at from cs.arr_history as history where history.tenant_id = tenant.id
) as first
cross join lateral generate_series(
    date_trunc('month', first.at at time zone zone.name),
    date_trunc('month', now() at time zone zone.name),
    interval '1 month'
) as month (local);

alter view cs.arr_months owner to cs_owner;
comment on view cs.arr_months is
    'The months for which a tenant''s ARR is known, in its time zone, for views by month.';
comment on column cs.arr_months.until is 'The beginning of the next month; NULL for the current one.';

create or replace view cs.retention
with (security_invoker = true) as
select
    month.tenant_id,
    month.month,
    coalesce(sum(flow.start_arr), 0) as start_arr,
    coalesce(sum(flow.end_arr), 0) as end_arr,
    coalesce(sum(flow.kept), 0) as kept,
    round(sum(flow.kept) / sum(flow.start_arr), 4) as grr,
    round(sum(flow.end_arr) / sum(flow.start_arr), 4) as nrr,
    coalesce(sum(flow.expansion), 0) as expansion,
    coalesce(sum(flow.contraction), 0) as contraction,
    coalesce(sum(flow.churned_arr), 0) as churned_arr,
    count(flow.account_id)::integer as accounts_start,
    count(flow.account_id) filter (where flow.end_arr = 0)::integer as accounts_lost
from cs.arr_months as month
left join lateral cs.arr_between(month.since, coalesce(month.until, 'infinity')) as flow
    on flow.tenant_id = month.tenant_id and flow.start_arr > 0
group by month.tenant_id, month.month;

alter view cs.retention owner to cs_owner;
comment on view cs.retention is
    'Month by month: how much of the ARR at its beginning is left at its end, of the customers that had it. The current month up to now. What begins or ends at midnight of the 1st belongs to that month. With parent_arr_includes_children a customer is a family, else an account.';
comment on column cs.retention.grr is 'Gross revenue retention, from 0 to 1: expansion does not count. NULL without ARR at the start.';
comment on column cs.retention.nrr is 'Net revenue retention, from 0: with expansion, without new customers. NULL without ARR at the start.';

create or replace view cs.arr_bridge
with (security_invoker = true) as
select
    month.tenant_id,
    month.month,
    coalesce(sum(flow.start_arr), 0) as start_arr,
    coalesce(sum(flow.new_arr), 0) as new_arr,
    coalesce(sum(flow.returned_arr), 0) as returned_arr,
    coalesce(sum(flow.expansion), 0) as expansion,
    coalesce(sum(flow.contraction), 0) as contraction,
    coalesce(sum(flow.churned_arr), 0) as churned_arr,
    coalesce(sum(flow.end_arr), 0) as end_arr
from cs.arr_months as month
left join lateral cs.arr_between(month.since, coalesce(month.until, 'infinity')) as flow on flow.tenant_id = month.tenant_id
group by month.tenant_id, month.month;

alter view cs.arr_bridge owner to cs_owner;
comment on view cs.arr_bridge is
    'Month by month, the current one up to now: start + new + returned + expansion - contraction - churned = end. A month starts with what the month before ended with; what begins or ends at midnight of the 1st belongs to that month.';

create or replace view cs.cohorts
with (security_invoker = true) as
with month as (
    select
        month.tenant_id,
        month.month,
        (row_number() over (partition by month.tenant_id order by month.month) - 1)::integer as place,
        coalesce(month.until, 'infinity') as at
    from cs.arr_months as month
), customer as materialized (
    select
        held.tenant_id,
        held.customer_id,
        date_trunc('month', cs.local_time(tenant.settings, min(held.paying_since)))::date as cohort
    from cs.arr_at('infinity', 'infinity', 'infinity') as held
    join cs.tenants as tenant on tenant.id = held.tenant_id
    where held.paying_since is not null
    group by held.tenant_id, held.customer_id, tenant.settings
), began as (
    select customer.tenant_id, customer.cohort, count(*)::integer as accounts
    from customer
    group by customer.tenant_id, customer.cohort
), span as (
    -- What is the same for the same months is added up first.
    select customer.tenant_id, customer.cohort, held.first, held.beyond, count(*) as accounts, sum(held.arr) as arr
    from (select month.tenant_id, array_agg(month.at order by month.place) as at from month group by month.tenant_id) as moment
    cross join lateral cs.customer_arr_ranges(moment.at) as held
    join customer on customer.tenant_id = held.tenant_id and customer.customer_id = held.customer_id
    where held.tenant_id = moment.tenant_id
    group by customer.tenant_id, customer.cohort, held.first, held.beyond
), left_over as (
    select
        month.tenant_id,
        began.cohort,
        (
            12 * (extract(year from month.month) - extract(year from began.cohort))
            + extract(month from month.month) - extract(month from began.cohort)
        )::integer as months_since,
        began.accounts as accounts_started,
        coalesce(sum(span.accounts), 0)::integer as accounts,
        coalesce(sum(span.arr), 0) as arr
    from began
    join month on month.tenant_id = began.tenant_id and month.month >= began.cohort
    left join span
        on span.tenant_id = began.tenant_id
        and span.cohort = began.cohort
        and span.first <= month.place
        and span.beyond > month.place
    group by month.tenant_id, began.cohort, began.accounts, month.month
)
select
    it.tenant_id,
    it.cohort,
    it.months_since,
    it.accounts_started,
    it.accounts,
    it.arr,
    round(it.accounts::numeric / it.accounts_started, 4) as accounts_kept,
    round(it.arr / nullif(it.arr_started, 0), 4) as arr_kept,
    it.arr_started
from (
    select
        left_over.*,
        first_value(left_over.arr) over (
            partition by left_over.tenant_id, left_over.cohort order by left_over.months_since
        ) as arr_started
    from left_over
) as it;

alter view cs.cohorts owner to cs_owner;
comment on view cs.cohorts is
    'Of the customers whose first ARR that counted began in a month, how many, and how much ARR, were left at the end of it and of each month since; the current month up to now. With parent_arr_includes_children a customer is a family, else an account.';
comment on column cs.cohorts.cohort is 'The first day of the month in which their ARR began, in the tenant''s time zone.';
comment on column cs.cohorts.months_since is '0: the month they began in.';
comment on column cs.cohorts.accounts_started is 'The customers that began.';
comment on column cs.cohorts.arr_started is 'Their ARR at the end of the month they began in.';
comment on column cs.cohorts.accounts_kept is 'Share of the customers that began, 0 to 1.';
comment on column cs.cohorts.arr_kept is 'ARR as a share of that at the end of the month they began in; above 1 where they grew. NULL where that was 0.';
