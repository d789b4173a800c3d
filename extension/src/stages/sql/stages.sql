-- $1 tenant.
select id, name, display_order, is_side, is_end, is_active
from cs.journey_stages
where tenant_id = $1
order by display_order, name
