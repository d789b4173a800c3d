-- $1 tenant, $2 the field; $3, the id of an existing one, has no meaning here.
insert into cs.custom_fields as field (
    tenant_id, key, label, type, description, is_required, default_value, options, in_lists, in_import, display_order, is_active
)
select
    $1, it.key, it.label, it.type, it.description, coalesce(it.is_required, false), it.default_value, it.options,
    coalesce(it.in_lists, false), coalesce(it.in_import, true),
    coalesce(it.display_order, (
        select max(other.display_order) + 1 from cs.custom_fields as other where other.tenant_id = $1
    ), 1),
    coalesce(it.is_active, true)
from jsonb_populate_record(null::cs.custom_fields, $2 - 'id') as it
where $3::text is null
returning to_jsonb(field) as it
