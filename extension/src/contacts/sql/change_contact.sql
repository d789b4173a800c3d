-- $1 tenant, $2 account, $3 what changes, $4 id. What is absent stays as it is.
update cs.contacts as contact
set (full_name, email, phone, title, is_primary, notes) = (
    select it.full_name, it.email, it.phone, it.title, it.is_primary, it.notes
    from jsonb_populate_record(contact, $3 - 'id') as it
)
where contact.tenant_id = $1 and contact.account_id = $2 and contact.id::text = $4
returning to_jsonb(contact) as it
