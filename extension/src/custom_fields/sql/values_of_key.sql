-- $1 tenant, $2 key.
select account.id, account.name, account.crm_attributes -> $2 as value
from cs.accounts as account
where account.tenant_id = $1 and account.crm_attributes -> $2 <> 'null'
order by account.name, account.id
