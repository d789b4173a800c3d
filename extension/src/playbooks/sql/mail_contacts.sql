-- $1 tenants, $2 accounts.
select contact.account_id, contact.email, contact.is_primary
from (select distinct * from unnest($1::uuid[], $2::uuid[])) as wanted (tenant_id, account_id)
join cs.contacts as contact on contact.tenant_id = wanted.tenant_id and contact.account_id = wanted.account_id
where contact.email is not null
order by contact.account_id, contact.is_primary desc, contact.id
