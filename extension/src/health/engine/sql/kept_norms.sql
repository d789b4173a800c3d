-- $1 tenant, $2 moment
select catalogue, median_depth, taken_at
from cs.health_norms
where tenant_id = $1 and taken_at <= $2
order by taken_at desc
limit 1
