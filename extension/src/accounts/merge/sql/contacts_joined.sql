-- $1 tenant, $2 account to keep, $3 merged. Who has an address at both is one person.
delete from cs.contacts as other
where other.tenant_id = $1
    and other.account_id = $3
    and exists (
        select from cs.contacts as own where own.tenant_id = $1 and own.account_id = $2 and own.email = other.email
    )
returning 1 as joined
