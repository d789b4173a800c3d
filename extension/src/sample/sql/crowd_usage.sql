-- Owns what the other accounts did. A phase is a habit of a profile: a visit every few days, from the oldest to the
-- newest (which differs between accounts by up to the spread), by a share of the seats. Each visit is one row of logins
-- and one or two of feature use, at the account's pitch.
with phase (profile, oldest, newest, spread, every, strength, share) as (
    values
        ('healthy', 180, 0, 3, 5, 8, 0.65),
        ('steady', 180, 0, 4, 6, 3, 0.45),
        ('growing', 180, 84, 5, 9, 3, 0.3),
        ('growing', 83, 40, 3, 6, 5, 0.4),
        ('growing', 39, 0, 3, 4, 6, 0.6),
        ('slipping', 180, 93, 5, 5, 6, 0.6),
        ('slipping', 88, 40, 9, 7, 5, 0.4),
        ('slipping', 33, 0, 11, 9, 3, 0.25),
        ('declining', 180, 76, 20, 4, 6, 0.5),
        ('declining', 72, 34, 9, 7, 3, 0.25),
        ('declining', 27, 5, 17, 10, 1, 0.1),
        ('dark', 180, 19, 41, 5, 5, 0.45),
        ('churned', 240, 80, 30, 8, 2, 0.15),
        ('new', 40, 0, 2, 2, 3, 0.5)
), feature as (
    select array[
        'dashboards', 'reports', 'automations', 'alerts', 'integrations', 'exports',
        'sharing', 'forecasting', 'templates', 'approvals', 'mobile', 'benchmarks'
    ] as name
), visit as (
    select
        it.*, phase.strength + it.number * 3 % 5 as amount, ceil(it.seats * phase.share * (40 + it.number * 3 % 61) / 100) as people,
        row_number() over (partition by it.number order by day) as nth,
        now() - day * interval '24 hours' - (15 + it.number * 131 % 1200) * interval '1 minute' as at
    from pg_temp.sample_crowd as it
    join phase on phase.profile = it.profile
    cross join lateral generate_series(phase.newest + it.number * 7 % phase.spread, phase.oldest, phase.every) as day
    where day < it.ends[cardinality(it.ends)] - 2
), measured as (
    select
        tenant_id, id, 'logins' as metric, amount * case pitch when 'half' then 2 else 1 end as value,
        jsonb_strip_nulls(jsonb_build_object('active_users', people, 'seats', case when tells_seats and number % 5 = 0 then seats end)) as metadata,
        at
    from visit
    union all
    -- The main feature at every visit; at every second one, or every one where all is well, another feature, in turns.
    select
        tenant_id, id, 'feature_usage', share.amount,
        jsonb_build_object('feature', feature.name[1 + (number * 5 + share.which) % 12]),
        at
    from visit
    cross join feature
    cross join lateral (
        select whole, case when profile in ('healthy', 'growing') or nth % 2 = 1 then whole / 2 else 0 end as other
        from (select amount * case pitch when 'double' then 2 else 1 end as whole) as it
    ) as total
    cross join lateral (
        select total.whole - total.other as amount, 0 as which
        union all
        select total.other, 1 + nth % (5 + number % 4) where total.other > 0
    ) as share
    union all
    select
        it.tenant_id, it.id, 'api_calls', (30 + it.number * 7 % 90) * case when it.profile in ('api', 'healthy') then 2 else 1 end, '{}',
        now() - day * interval '24 hours' - (15 + it.number * 131 % 1200) * interval '1 minute'
    from pg_temp.sample_crowd as it
    cross join lateral generate_series(
        case it.profile when 'dark' then 47 when 'churned' then 82 when 'declining' then 24 else 1 end + it.number % 4,
        least(180, it.ends[cardinality(it.ends)] - 2),
        case it.profile when 'api' then 2 when 'new' then 4 else 15 end
    ) as day
)
insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
select tenant_id, id, metric::cs.metric_type, value, metadata, at
from measured
