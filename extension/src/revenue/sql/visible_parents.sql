-- $1 tenant: the accounts that the caller sees, where a parent's ARR includes that of its children.
select account.id
from cs.tenants as tenant
join cs.accounts as account on account.tenant_id = tenant.id
where tenant.id = $1 and cs.parent_arr_includes_children(tenant.settings)
