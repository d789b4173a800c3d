update cs.health_passes as pass
set passed_up_to = null, passed_on = cs.local_day(tenant.settings, now())
from cs.tenants as tenant
where tenant.id = pass.tenant_id and pass.tenant_id = $1
