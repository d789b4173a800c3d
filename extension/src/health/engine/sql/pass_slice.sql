select id
from cs.accounts
where tenant_id = $1 and ($2::uuid is null or id > $2)
order by id
limit $3
