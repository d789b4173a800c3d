select (thresholds ->> 'healthy')::integer as healthy, (thresholds ->> 'critical')::integer as critical
from cs.health_models
where tenant_id = $1
order by version desc
limit 1
