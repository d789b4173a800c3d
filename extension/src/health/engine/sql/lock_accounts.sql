-- A query of its own, so that what is read after it sees every score that was written before.
select id
from cs.accounts
where tenant_id = $1 and id = any ($2)
order by id
for no key update
