select account.id, account.tenant_id
from cs.accounts as account
where account.id = any($1)
