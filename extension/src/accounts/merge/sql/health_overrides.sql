-- $1 tenant, $2 account to keep, $3 merged. One that applies ends where there is one already.
update cs.health_overrides as other
set account_id = $2,
    ended_at = case
        when other.ended_at is null and exists (
            select from cs.health_overrides as own where own.tenant_id = $1 and own.account_id = $2 and own.ended_at is null
        ) then clock_timestamp()
        else other.ended_at
    end
where other.tenant_id = $1 and other.account_id = $3
returning 1 as moved
