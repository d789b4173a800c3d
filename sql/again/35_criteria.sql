-- Owns the list of what criteria can ask for.
-- In: the built-in fields, and what the CRM knows of the accounts that the reader sees.

create or replace view cs.criteria_fields
with (security_invoker = true) as
select
    tenant.id as tenant_id,
    known.field,
    known.label,
    known.kind as type,
    known.operators,
    known.choices,
    known.description,
    known.place as display_order
from cs.tenants as tenant
cross join cs.criteria_field_list() as known
where known.field <> 'crm_attributes.*'
union all
select
    attribute.tenant_id,
    'crm_attributes.' || attribute.key,
    attribute.key,
    known.kind,
    known.operators,
    known.choices,
    known.description,
    known.place
from (
    select distinct account.tenant_id, held.key
    from cs.accounts as account
    cross join lateral jsonb_object_keys(account.crm_attributes) as held (key)
    where held.key <> '' and held.key not like '%.%'
) as attribute
join cs.criteria_field_list() as known on known.field = 'crm_attributes.*';

alter view cs.criteria_fields owner to cs_owner;
comment on view cs.criteria_fields is
    'What criteria can ask for: the built-in fields and each outermost key of crm_attributes on the accounts the reader sees. Deeper keys are reached by dots, such as crm_attributes.plan.tier.';
comment on column cs.criteria_fields.field is 'As criteria write it.';
comment on column cs.criteria_fields.type is
    'number, text, date (YYYY-MM-DD), choice, stage (name or id), member (e-mail, name or id) or any: compared where it has the type of the value given.';
comment on column cs.criteria_fields.operators is 'The operators that go with it, the likeliest first.';
comment on column cs.criteria_fields.choices is 'The labels of a choice; NULL for all other types.';
comment on column cs.criteria_fields.display_order is 'Where it stands in a list; the CRM''s come last, by name.';

-- A native function cannot say so itself; planners would expect 1000.
alter function cs.matching_accounts(jsonb) rows 10000;
