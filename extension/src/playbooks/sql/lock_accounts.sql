-- $1 tenants, $2 accounts.
select
from cs.accounts
where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[]))
order by tenant_id, id
for no key update
