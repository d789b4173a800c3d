-- $1 tenant, $2 accounts, $3 the moments of which they are told.
select account.id as account_id
from unnest($2, $3) as told (account_id, as_of)
join cs.accounts as account on account.tenant_id = $1 and account.id = told.account_id
left join cs.told_moments as known on known.tenant_id = $1 and known.account_id = account.id
where told.as_of < case when known.version = account.version then known.as_of else account.updated_at end
