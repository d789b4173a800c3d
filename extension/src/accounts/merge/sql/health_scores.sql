-- $1 tenant, $2 account to keep, $3 merged. They become history, unless there is no current one.
update cs.health_scores as score
set account_id = $2,
    is_current = score.is_current and not exists (
        select from cs.health_scores as own where own.tenant_id = $1 and own.account_id = $2 and own.is_current
    )
where score.tenant_id = $1 and score.account_id = $3
returning 1 as moved
