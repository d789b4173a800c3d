insert into cs.health_overrides (tenant_id, account_id, score, reason, set_by, set_at, until)
values ($1, $2, $3, $4, $5, now(), $6)
