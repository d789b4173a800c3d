-- In a query of its own: what is read after it has seen every score written before.
select id
from cs.accounts
where tenant_id = $1 and id = any ($2)
order by id
for no key update
