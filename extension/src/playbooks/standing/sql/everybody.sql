-- $1 tenant, $2 accounts or NULL for all, $3 the event.
select account.id as account_id, '' as subject, $3 as event, false as stale, false as uncertain
from cs.accounts as account
where account.tenant_id = $1 and ($2::uuid[] is null or account.id = any ($2))
