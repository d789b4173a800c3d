-- Owns usage as people read it: week by week, by feature, and what waits for its account; and that it counts once that is there.

create trigger t57_count_waiting
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__count_waiting();
create trigger t57_count_waiting_renamed
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__count_waiting();

create or replace view cs.waiting_usage
with (security_invoker = true) as
select
    waiting.tenant_id,
    waiting.id,
    waiting.external_id,
    waiting.metric_type::text as metric_type,
    waiting.metric_value,
    waiting.metadata,
    waiting.recorded_at,
    waiting.event_id,
    waiting.kept_at,
    waiting.kept_at + interval '30 days' as ends_at,
    waiting.ended_at,
    waiting.reason
from cs.unknown_usage as waiting;

alter view cs.waiting_usage owner to cs_owner;
comment on view cs.waiting_usage is
    'Usage told with keep_unknown of accounts that do not exist yet. It counts, and leaves this view, as soon as an account has its external_id; after 30 days it ends. For Practitioners and Tenant Admins.';
comment on column cs.waiting_usage.external_id is 'The external_id the account has to have.';
comment on column cs.waiting_usage.metric_type is 'logins, feature_usage, api_calls or support_tickets.';
comment on column cs.waiting_usage.metric_value is 'The quantity.';
comment on column cs.waiting_usage.metadata is 'What came with it, as in usage_metrics.';
comment on column cs.waiting_usage.recorded_at is 'When it happened, not when it was sent.';
comment on column cs.waiting_usage.event_id is 'The sender''s id of this fact; NULL: it has none.';
comment on column cs.waiting_usage.kept_at is 'When it was told.';
comment on column cs.waiting_usage.ends_at is 'When it ends if there is no such account by then.';
comment on column cs.waiting_usage.ended_at is 'When it ended without having counted; NULL: it waits. What has ended is shown for 30 days.';
comment on column cs.waiting_usage.reason is 'Why it ended without having counted.';

create or replace view cs.usage_weekly
with (security_invoker = true) as
select
    account.tenant_id,
    account.id as account_id,
    account.name as account_name,
    used.metric_type::text as metric_type,
    week.day::date as week,
    coalesce(summed.total, 0) as total,
    summed.days,
    used.last_day
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id
-- From the rows themselves: usage_daily leaves out what the worker has not added up yet.
cross join lateral (
    select
        by_day.metric_type,
        min(by_day.day) as first_day,
        max(by_day.day) as last_day,
        array_agg(by_day.day order by by_day.day) as days,
        array_agg(by_day.total order by by_day.day) as totals
    from (
        select row.metric_type, cs.local_day(tenant.settings, row.recorded_at) as day, sum(row.metric_value) as total
        from cs.usage_metrics as row
        where row.tenant_id = account.tenant_id
            and row.account_id = account.id
            and row.recorded_at > now() - interval '366 days'
            and row.recorded_at <= now()
            and row.metric_value > 0
        group by row.metric_type, cs.local_day(tenant.settings, row.recorded_at)
    ) as by_day
    group by by_day.metric_type
) as used
cross join lateral generate_series(
    date_trunc('week', used.first_day::timestamp), cs.local_day(tenant.settings, now())::timestamp, interval '7 days'
) as week (day)
cross join lateral (
    select sum(one.total) as total, count(*)::integer as days
    from unnest(used.days, used.totals) as one (day, total)
    where one.day >= week.day::date and one.day < week.day::date + 7
) as summed;

alter view cs.usage_weekly owner to cs_owner;
comment on view cs.usage_weekly is
    'Usage of each account by type, week by week over the last year: a row for every week since the first one with use, also where nothing was used.';
comment on column cs.usage_weekly.week is 'The Monday it begins with, in the tenant''s time zone; the last week is not over yet.';
comment on column cs.usage_weekly.total is 'The sum of the quantities of that week.';
comment on column cs.usage_weekly.days is 'Days of that week with use.';
comment on column cs.usage_weekly.last_day is 'The last day with use of this type within the year.';

create or replace view cs.usage_features
with (security_invoker = true) as
select
    used.tenant_id,
    used.account_id,
    account.name as account_name,
    coalesce(model.feature_aliases ->> named.feature, named.feature) as feature,
    sum(used.metric_value) as uses,
    count(distinct cs.local_day(tenant.settings, used.recorded_at))::integer as days,
    max(used.recorded_at) as last_used_at
from cs.usage_metrics as used
join cs.accounts as account on account.tenant_id = used.tenant_id and account.id = used.account_id
join cs.tenants as tenant on tenant.id = used.tenant_id
cross join lateral (select lower(btrim(used.metadata ->> 'feature')) as feature) as named
left join lateral (
    select latest.feature_aliases
    from cs.health_models as latest
    where latest.tenant_id = used.tenant_id
    order by latest.version desc
    limit 1
) as model on true
where used.metric_type = 'feature_usage' and used.recorded_at > now() - interval '30 days' and named.feature <> ''
group by used.tenant_id, used.account_id, account.name, coalesce(model.feature_aliases ->> named.feature, named.feature);

alter view cs.usage_features owner to cs_owner;
comment on view cs.usage_features is 'The features that each account used in the last 30 days, under their present names.';
comment on column cs.usage_features.uses is 'The sum of the quantities.';
comment on column cs.usage_features.days is 'Days with use, in the tenant''s time zone.';
