-- Owns when the past is scored: from $1 days ago every $2 days up to a day ago, and once more five minutes ago.
select it.at as moment
from (
    select now() - day * interval '24 hours' as at
    from generate_series($1::integer, 1, -$2::integer) as day
    union all
    select now() - interval '5 minutes'
) as it
order by it.at
