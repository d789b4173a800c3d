-- $1 tenant. What its accounts hold, what it has defined, and what is built in.
select distinct held.key
from cs.accounts as account
cross join lateral jsonb_object_keys(account.crm_attributes) as held (key)
where account.tenant_id = $1
union
select field.key
from cs.custom_fields as field
where field.tenant_id = $1 and field.is_active
union
select unnest(array['arr', 'contract_end_date', 'industry', 'seats'])
