-- $1 tenant, $2 moment, $3 days back
with local as (
    select cs.time_zone(settings) as zone, cs.local_time(settings, $2) as moment
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
