-- Owns the list of fields that criteria can use.
-- In: the built-in fields, those a tenant defines, and what the CRM knows of the accounts that the reader sees.

create or replace view cs.criteria_fields
with (security_invoker = true) as
select
    listed.tenant_id,
    listed.field,
    listed.label,
    listed.type,
    listed.operators,
    listed.choices,
    listed.description,
    (row_number() over (partition by listed.tenant_id order by listed.part, listed.place, listed.field))::integer
        as display_order,
    listed.in_lists
from (
    select
        tenant.id as tenant_id,
        1 as part,
        known.place,
        known.field,
        known.label,
        known.kind as type,
        known.operators,
        known.choices,
        known.description,
        null::boolean as in_lists
    from cs.tenants as tenant
    cross join cs.criteria_field_list() as known
    where known.field <> 'crm_attributes.*'
    union all
    select
        custom.tenant_id,
        2,
        custom.display_order,
        'crm_attributes.' || custom.key,
        custom.label,
        custom.type,
        cs.custom_field_operators(custom.type),
        case when custom.options is not null then array(select jsonb_array_elements_text(custom.options)) end,
        custom.description,
        custom.in_lists
    from cs.custom_fields as custom
    where custom.is_active
    union all
    select
        attribute.tenant_id,
        3,
        0,
        'crm_attributes.' || attribute.key,
        attribute.key,
        known.kind,
        known.operators,
        known.choices,
        known.description,
        null as in_lists
    from (
        select distinct account.tenant_id, held.key
        from cs.accounts as account
        cross join lateral jsonb_object_keys(account.crm_attributes) as held (key)
        where held.key <> '' and held.key not like '%.%'
    ) as attribute
    join cs.criteria_field_list() as known on known.field = 'crm_attributes.*'
    where not exists (
        select
        from cs.custom_fields as custom
        where custom.tenant_id = attribute.tenant_id and custom.key = attribute.key and custom.is_active
    )
) as listed;

alter view cs.criteria_fields owner to cs_owner;
comment on view cs.criteria_fields is
    'The fields that criteria can use: the built-in ones, the active custom fields, and every other outermost key of crm_attributes on the accounts the reader sees. Dots lead to deeper keys, such as crm_attributes.plan.tier.';
comment on column cs.criteria_fields.field is 'As criteria write it.';
comment on column cs.criteria_fields.type is
    'number, text, date (YYYY-MM-DD), choice, stage (name or id), member (e-mail, name or id), account (id) or any: compared where it has the type of the value given; for a custom field its own type: url has the operators of text, currency and percent those of number, and contains of multi_choice looks for one of the choices.';
comment on column cs.criteria_fields.operators is 'Its operators, the most likely ones first.';
comment on column cs.criteria_fields.choices is 'The labels of a choice or multi_choice; NULL for all other types.';
comment on column cs.criteria_fields.display_order is 'Its place in a list: built-in fields, custom fields in their own order, then everything else that the CRM knows, by name.';
comment on column cs.criteria_fields.in_lists is 'For custom fields: whether lists of accounts offer it as a column; NULL for all others.';

-- A native function cannot declare this itself; the planner would expect 1000.
alter function cs.matching_accounts(jsonb) rows 10000;
