-- As lock_accounts.sql, without those that another transaction is writing.
select id
from cs.accounts
where tenant_id = $1 and id = any ($2)
order by id
for no key update skip locked
