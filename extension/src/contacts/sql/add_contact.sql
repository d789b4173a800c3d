-- $1 tenant, $2 account, $3 the contact; $4, the id of an existing one, is NULL here.
insert into cs.contacts as contact (tenant_id, account_id, full_name, email, phone, title, is_primary, notes)
select $1, $2, it.full_name, it.email, it.phone, it.title, coalesce(it.is_primary, false), it.notes
from jsonb_populate_record(null::cs.contacts, $3 - 'id') as it
where $4::text is null
returning to_jsonb(contact) as it
