-- $1 tenant, $2 account to keep, $3 merged.
update cs.activities set account_id = $2 where tenant_id = $1 and account_id = $3 and kind <> 'task'
returning 1 as moved
