-- $1 tenant.
select field.key, field.label, field.type, field.is_required, field.default_value, field.options
from cs.custom_fields as field
where field.tenant_id = $1 and field.is_active
order by field.display_order, field.key
