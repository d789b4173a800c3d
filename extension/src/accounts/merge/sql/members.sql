-- $1 tenant, $2 account to keep, $3 merged.
insert into cs.account_members (tenant_id, account_id, user_id, created_at)
select tenant_id, $2, user_id, created_at
from cs.account_members
where tenant_id = $1 and account_id = $3
on conflict do nothing
returning 1 as moved
