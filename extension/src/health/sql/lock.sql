-- In a query of its own: what is read after it has seen every score written before.
select
from cs.accounts
where tenant_id = $1 and id = any ($2)
order by id
for no key update
