-- Owns the people at a customer.
-- In: save_contact, delete_contact. Out: the page of an account.

create table cs.contacts (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    full_name text not null,
    email text,
    phone text,
    title text,
    is_primary boolean not null default false,
    notes text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contacts_pkey primary key (tenant_id, id),
    constraint contacts_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint contacts_full_name_check check (btrim(full_name) <> '')
);
create index contacts_account_id_idx on cs.contacts (tenant_id, account_id);
create index contacts_id_idx on cs.contacts (id);
create unique index contacts_primary_key on cs.contacts (tenant_id, account_id) where is_primary;
comment on table cs.contacts is
    'People at a customer: names, e-mail addresses and phone numbers are personal data. Anyone who sees the account sees them; the audit log keeps former values.';
comment on column cs.contacts.full_name is 'Personal data.';
comment on column cs.contacts.email is 'Personal data.';
comment on column cs.contacts.phone is 'Personal data; as written, not checked.';
comment on column cs.contacts.title is 'Job title at the customer, such as Head of Operations.';
comment on column cs.contacts.is_primary is 'The person to contact first; at most one per account.';
comment on column cs.contacts.notes is 'May hold personal data.';

alter table cs.contacts owner to cs_owner;
