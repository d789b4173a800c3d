update cs.health_overrides
set ended_at = greatest(clock_timestamp(), set_at), ended_by = $3
where tenant_id = $1 and account_id = $2 and ended_at is null
returning 1 as ended
