-- $1 tenant, $2 keys.
select
    field.key,
    field.label,
    field.type,
    array(select jsonb_array_elements_text(coalesce(field.options, '[]'))) as options
from cs.custom_fields as field
where field.tenant_id = $1 and field.key = any ($2) and field.is_active
