-- $1 tenant, $2 account to keep, $3 merged. Sums by day and marks follow by trigger.
update cs.usage_metrics set account_id = $2 where tenant_id = $1 and account_id = $3
returning 1 as moved
