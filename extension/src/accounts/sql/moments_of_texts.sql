-- $1 tenant, $2 microseconds since 2000, $3 whether they are of the tenant's clock.
select
    case
        when written.is_local
            then (timestamp '2000-01-01' + written.micros * interval '1 microsecond') at time zone tenant.zone
        else timestamptz '2000-01-01 00:00:00Z' + written.micros * interval '1 microsecond'
    end as at
from (select cs.time_zone(settings) as zone from cs.tenants where id = $1) as tenant
cross join unnest($2, $3) with ordinality as written (micros, is_local, place)
order by written.place
