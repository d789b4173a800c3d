-- $1 tenant, $2 account to keep, $3 merged. There is one primary contact.
update cs.contacts as other
set account_id = $2,
    is_primary = other.is_primary and not exists (
        select from cs.contacts as own where own.tenant_id = $1 and own.account_id = $2 and own.is_primary
    )
where other.tenant_id = $1 and other.account_id = $3
returning 1 as moved
