select account.external_id, account.id
from cs.accounts as account
where account.tenant_id = $1 and account.external_id = any($2)
