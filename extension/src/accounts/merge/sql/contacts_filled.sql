-- $1 tenant, $2 account to keep, $3 merged. Who has an address at both is one person: what is not known there is taken from here.
with same as (
    select distinct on (own.id) own.id, other.id as other_id, other.phone, other.title, other.notes, other.is_primary
    from cs.contacts as other
    join lateral (
        select first.id
        from cs.contacts as first
        where first.tenant_id = $1 and first.account_id = $2 and first.email = other.email
        order by first.created_at, first.id
        limit 1
    ) as own on true
    where other.tenant_id = $1 and other.account_id = $3
    order by own.id, other.is_primary desc, other.created_at, other.id
)
update cs.contacts as own
set phone = coalesce(own.phone, same.phone),
    title = coalesce(own.title, same.title),
    notes = coalesce(own.notes, same.notes),
    is_primary = own.is_primary or same.is_primary and not exists (
        select from cs.contacts as first where first.tenant_id = $1 and first.account_id = $2 and first.is_primary
    )
from same
where own.tenant_id = $1 and own.id = same.id
returning 1 as filled
