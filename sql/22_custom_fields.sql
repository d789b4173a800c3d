-- Owns the fields that a tenant defines for its accounts. The values live in accounts.crm_attributes.
-- In: save_custom_field. Out: the check before an account is written, and pages that show, filter and import by field.

create table cs.custom_fields (
    tenant_id uuid not null,
    id uuid not null,
    key text not null,
    label text not null,
    type text not null,
    description text,
    is_required boolean not null default false,
    default_value jsonb,
    options jsonb,
    in_lists boolean not null default false,
    in_import boolean not null default true,
    display_order integer not null default 0,
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    constraint custom_fields_pkey primary key (tenant_id, id),
    constraint custom_fields_tenant_id_key_key unique (tenant_id, key),
    constraint custom_fields_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint custom_fields_key_check check (
        key ~ '^[a-z][a-z0-9_]{0,62}$' and key not in ('arr', 'contract_end_date', 'industry', 'seats')
    ),
    constraint custom_fields_label_check check (btrim(label) <> ''),
    constraint custom_fields_type_check check (
        type in (
            'text', 'number', 'currency', 'percent', 'date', 'boolean', 'choice', 'multi_choice', 'url', 'member'
        )
    ),
    constraint custom_fields_options_check check ((options is not null) = (type in ('choice', 'multi_choice')))
);
comment on table cs.custom_fields is
    'Fields that a tenant adds to its accounts. An active one is checked whenever its key of crm_attributes changes; older values stay as they are until then.';
comment on column cs.custom_fields.key is 'The key in accounts.crm_attributes; never changes.';
comment on column cs.custom_fields.type is
    'text, number, currency (a number in the tenant''s currency), percent (0 to 100), date (YYYY-MM-DD), boolean, choice, multi_choice (an array), url (http or https), member (stored as the id of a member; an e-mail address is turned into it).';
comment on column cs.custom_fields.is_required is 'New accounts need a value, and it cannot be removed.';
comment on column cs.custom_fields.default_value is 'The value of a new account that is given none. NULL: none.';
comment on column cs.custom_fields.options is 'For choice and multi_choice: an array of strings, without duplicates.';
comment on column cs.custom_fields.in_lists is 'Whether lists of accounts offer it as a column.';
comment on column cs.custom_fields.in_import is 'Whether an import offers it as a target.';
comment on column cs.custom_fields.is_active is 'false: archived. Values stay but are no longer checked.';

alter table cs.custom_fields owner to cs_owner;
