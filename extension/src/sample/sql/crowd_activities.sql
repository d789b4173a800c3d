-- Owns what CSMs did with the other accounts over half a year: a quarter of them was never touched, the rest up to three times.
insert into cs.activities (tenant_id, account_id, kind, body, at, created_by, created_at)
select
    it.tenant_id, it.id, told.kind, told.body, done.at, it.csm_id, done.at
from pg_temp.sample_crowd as it
cross join lateral generate_series(1, it.number % 4) as nth
cross join lateral (
    select now() - (3 + (it.number * 29 + nth * 61) % 170) * interval '24 hours' - it.number % 9 * interval '1 hour' as at
) as done
cross join lateral (
    select
        kind,
        body
    from unnest(
        array['call', 'email', 'meeting', 'note', 'call'],
        array[
            'Went through open questions; they want to see the new reports.',
            'Sent the figures of last month and a date for the next review.',
            'Quarterly review: goals for the next quarter agreed.',
            'The team that uses it has grown; ask about seats at the next call.',
            'Asked how the rollout goes; training for two more teams planned.'
        ]
    ) with ordinality as one (kind, body, place)
    where one.place = 1 + (it.number + nth) % 5
) as told
-- What was done was done while they were customers.
where done.at > now() - (it.ends[cardinality(it.ends)] - 1) * interval '24 hours'
