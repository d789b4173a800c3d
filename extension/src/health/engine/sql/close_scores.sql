update cs.health_scores
set is_current = false
where tenant_id = $1 and account_id = any ($2) and is_current
