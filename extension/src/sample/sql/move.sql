update cs.accounts as account
set current_stage = $2
from cs.tenants as tenant
where tenant.id = account.tenant_id and tenant.slug = 'acme' and account.external_id = any ($1::text[])
