-- $1 tenant, $2 what changes, $3 id. What is absent stays as it is.
update cs.custom_fields as field
set (key, label, type, description, is_required, default_value, options, in_lists, in_import, display_order, is_active) = (
    select
        it.key, it.label, it.type, it.description, it.is_required, it.default_value, it.options, it.in_lists, it.in_import,
        it.display_order, it.is_active
    from jsonb_populate_record(field, $2 - 'id') as it
)
where field.tenant_id = $1 and field.id::text = $3
returning to_jsonb(field) as it
