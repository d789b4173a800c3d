-- $1 criteria.
select account.tenant_id, account.id
from cs.matching_accounts($1::jsonb) as matching (id)
join cs.accounts as account on account.id = matching.id
