update cs.health_passes as pass
set passed_up_to = null, passed_on = (now() at time zone coalesce(tenant.settings ->> 'time_zone', 'UTC'))::date
from cs.tenants as tenant
where tenant.id = pass.tenant_id and pass.tenant_id = $1
