-- $1 tenant, $2 accounts, $3 the moments of which they were told.
insert into cs.told_moments (tenant_id, account_id, as_of, version)
select $1, account.id, told.as_of, account.version
from unnest($2, $3) as told (account_id, as_of)
join cs.accounts as account on account.tenant_id = $1 and account.id = told.account_id
on conflict (tenant_id, account_id) do update set as_of = excluded.as_of, version = excluded.version
returning account_id
