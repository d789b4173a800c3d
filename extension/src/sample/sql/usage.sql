-- Owns what the three accounts of the demo did in the last 250 days. Days count back from now and last 24 hours, so
-- that the same story comes out at any time of day, on any date and in any time zone. A habit repeats every few days,
-- from the oldest to the newest; its people take turns. One row is what an account's nightly export says of one day.
with habit (external_id, metric, metadata, first_person, last_person, oldest, newest, every, value) as (
    values
        -- GlobalTech Corporation: more people, more features, more calls, month by month.
        ('GT-001', 'logins', '{}', 1, 6, 249, 0, 6, 1),
        ('GT-001', 'logins', '{}', 7, 20, 249, 0, 30, 1),
        ('GT-001', 'logins', '{}', 21, 28, 165, 0, 30, 1),
        ('GT-001', 'logins', '{}', 29, 37, 105, 0, 30, 1),
        ('GT-001', 'logins', '{}', 38, 45, 55, 0, 30, 1),
        ('GT-001', 'feature_usage', '{"feature": "dashboards"}', null, null, 249, 0, 1, 1),
        ('GT-001', 'feature_usage', '{"feature": "reports"}', null, null, 249, 0, 2, 1),
        ('GT-001', 'feature_usage', '{"feature": "automations"}', null, null, 131, 0, 2, 1),
        ('GT-001', 'feature_usage', '{"feature": "forecasting"}', null, null, 171, 0, 3, 1),
        ('GT-001', 'feature_usage', '{"feature": "integrations"}', null, null, 84, 0, 3, 1),
        ('GT-001', 'feature_usage', '{"feature": "benchmarks"}', null, null, 72, 48, 8, 1),
        ('GT-001', 'api_calls', '{}', null, null, 249, 0, 1, 2),
        ('GT-001', 'api_calls', '{}', null, null, 140, 0, 1, 2),
        -- GlobalTech Europe: a wave. A good start, a bad spring, recovery, and of late a little less again.
        ('GT-002', 'logins', '{"active_users": 14, "seats": 45}', null, null, 228, 159, 3, 3),
        ('GT-002', 'logins', '{"active_users": 9, "seats": 45}', null, null, 154, 109, 5, 3),
        ('GT-002', 'logins', '{"active_users": 14, "seats": 45}', null, null, 105, 33, 3, 4),
        ('GT-002', 'logins', '{"active_users": 12, "seats": 45}', null, null, 27, 0, 3, 3),
        ('GT-002', 'feature_usage', '{"feature": "dashboards"}', null, null, 228, 30, 3, 2),
        ('GT-002', 'feature_usage', '{"feature": "dashboards"}', null, null, 27, 0, 3, 2),
        ('GT-002', 'feature_usage', '{"feature": "reports"}', null, null, 229, 159, 5, 2),
        ('GT-002', 'feature_usage', '{"feature": "reports"}', null, null, 154, 104, 10, 1),
        ('GT-002', 'feature_usage', '{"feature": "reports"}', null, null, 99, 34, 5, 1),
        ('GT-002', 'feature_usage', '{"feature": "alerts"}', null, null, 221, 161, 6, 2),
        ('GT-002', 'feature_usage', '{"feature": "exports"}', null, null, 100, 30, 7, 2),
        ('GT-002', 'feature_usage', '{"feature": "sharing"}', null, null, 96, 33, 9, 1),
        ('GT-002', 'feature_usage', '{"feature": "benchmarks"}', null, null, 29, 29, 1, 3),
        ('GT-002', 'feature_usage', '{"feature": "approvals"}', null, null, 29, 29, 1, 3),
        ('GT-002', 'feature_usage', '{"feature": "exports"}', null, null, 23, 23, 1, 2),
        ('GT-002', 'feature_usage', '{"feature": "sharing"}', null, null, 16, 16, 1, 1),
        ('GT-002', 'feature_usage', '{"feature": "alerts"}', null, null, 9, 9, 1, 1),
        ('GT-002', 'api_calls', '{}', null, null, 228, 159, 1, 3),
        ('GT-002', 'api_calls', '{}', null, null, 158, 110, 2, 2),
        ('GT-002', 'api_calls', '{}', null, null, 109, 0, 1, 2),
        -- TechStart Solutions: all well until the sponsor, person 1, fell silent; then one team after another.
        ('TS-001', 'logins', '{}', 1, 6, 249, 77, 8, 1),
        ('TS-001', 'logins', '{}', 7, 14, 249, 61, 8, 1),
        ('TS-001', 'logins', '{}', 15, 21, 249, 38, 8, 1),
        ('TS-001', 'logins', '{}', 13, 21, 26, 26, 1, 1),
        ('TS-001', 'logins', '{}', 16, 19, 19, 19, 1, 1),
        ('TS-001', 'logins', '{}', 18, 21, 12, 12, 1, 1),
        ('TS-001', 'feature_usage', '{"feature": "integrations"}', null, null, 249, 84, 6, 1),
        ('TS-001', 'feature_usage', '{"feature": "automations"}', null, null, 249, 75, 3, 1),
        ('TS-001', 'feature_usage', '{"feature": "templates"}', null, null, 201, 66, 45, 1),
        ('TS-001', 'feature_usage', '{"feature": "alerts"}', null, null, 223, 63, 40, 1),
        ('TS-001', 'feature_usage', '{"feature": "approvals"}', null, null, 210, 50, 40, 1),
        ('TS-001', 'feature_usage', '{"feature": "mobile"}', null, null, 224, 44, 36, 1),
        ('TS-001', 'feature_usage', '{"feature": "reports"}', null, null, 249, 48, 3, 1),
        ('TS-001', 'feature_usage', '{"feature": "dashboards"}', null, null, 249, 37, 2, 1),
        ('TS-001', 'feature_usage', '{"feature": "templates"}', null, null, 26, 26, 1, 1),
        ('TS-001', 'feature_usage', '{"feature": "mobile"}', null, null, 26, 12, 7, 1),
        ('TS-001', 'api_calls', '{}', null, null, 249, 86, 1, 7),
        ('TS-001', 'api_calls', '{}', null, null, 85, 44, 1, 4)
), export (external_id, minutes) as (
    values ('GT-001', 37), ('GT-002', 82), ('TS-001', 864)
)
insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
select
    account.tenant_id, account.id, habit.metric::cs.metric_type, habit.value,
    habit.metadata::jsonb || case
        when person is null then '{}'
        else jsonb_build_object('user_id', format('%s-%s', lower(habit.external_id), person))
    end,
    now() - day * interval '24 hours' - export.minutes * interval '1 minute'
from habit
join export on export.external_id = habit.external_id
join cs.tenants as tenant on tenant.slug = 'acme'
join cs.accounts as account on account.tenant_id = tenant.id and account.external_id = habit.external_id
cross join lateral (
    select generate_series(habit.first_person, habit.last_person) as person
    union all
    select null where habit.first_person is null
) as turn
cross join lateral generate_series(habit.newest + coalesce(person % habit.every, 0), habit.oldest, habit.every) as day
