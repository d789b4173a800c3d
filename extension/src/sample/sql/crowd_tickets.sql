-- Owns the other accounts' support tickets: opened and resolved, more of them and more severe where things go badly.
with habit (profile, newest, every, severities, csat) as (
    values
        ('healthy', 9, 47, array['normal', 'low'], array[5, 4]),
        ('steady', 5, 31, array['normal', 'normal', 'high'], array[4, 3, 5]),
        ('growing', 7, 38, array['normal', 'low', 'high'], array[4, 5]),
        ('slipping', 4, 19, array['normal', 'high'], array[3, 4, 2]),
        ('declining', 3, 13, array['high', 'normal', 'urgent'], array[2, 3, 1]),
        ('dark', 44, 29, array['high', 'normal'], array[3, 1]),
        ('churned', 66, 23, array['urgent', 'high'], array[1, 2]),
        ('api', 11, 71, array['normal'], array[4]),
        ('new', 1, 9, array['normal', 'low', 'low'], array[5, 4])
), ticket as (
    select
        it.tenant_id, it.id as account_id, format('%s-%s', it.external_id, 1000 - day) as ticket_id,
        habit.severities[1 + (day + it.number) % cardinality(habit.severities)] as severity,
        habit.csat[1 + (day + it.number) % cardinality(habit.csat)] as csat,
        now() - day * interval '24 hours' - (15 + it.number * 31 % 600) * interval '1 minute' as opened_at,
        (2 + it.number * 3 % 17) * interval '1 hour' as effort,
        -- Of the unhappy accounts, every other one still waits for an answer to its last ticket.
        it.profile <> 'declining' or it.number % 2 = 0 or day > habit.newest + it.number % 5 as is_resolved
    from pg_temp.sample_crowd as it
    join habit on habit.profile = it.profile
    cross join lateral generate_series(
        habit.newest + it.number % 5, least(180, it.ends[cardinality(it.ends)] - 2), habit.every
    ) as day
)
