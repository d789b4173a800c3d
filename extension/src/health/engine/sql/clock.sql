-- $1 tenant, $2 moment, $3 days back
with local as (
    select coalesce(settings ->> 'time_zone', 'UTC') as zone, $2 at time zone coalesce(settings ->> 'time_zone', 'UTC') as moment
    from cs.tenants
    where id = $1
)
select
    array(
        select case when days = 0 then $2 else (local.moment - days * interval '1 day') at time zone local.zone end
        from generate_series(0, $3) as days
        order by days
    ) as ago,
    array(
        select (date_trunc('day', local.moment) - days * interval '1 day') at time zone local.zone
        from generate_series(0, 31) as days
        order by days
    ) as midnights
from local
