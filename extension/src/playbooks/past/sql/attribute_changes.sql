-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until, $5 the column that the field is kept in, $6 whether the field is any CRM
-- attribute. Keys as criteria call the fields.
select (change.row_key ->> 'id')::uuid, change.id, change.at, shown.before::text, shown.after::text
from cs.audit_log as change
cross join lateral (
    select
        jsonb_object_agg(field.name, field.before) as before,
        jsonb_object_agg(field.name, field.after) as after
    from (
        values
            ('name', change.before -> 'name', change.after -> 'name'),
            ('external_id', change.before -> 'external_id', change.after -> 'external_id'),
            ('parent', change.before -> 'parent_id', change.after -> 'parent_id'),
            ('csm', change.before -> 'csm_id', change.after -> 'csm_id'),
            ('status', change.before -> 'status', change.after -> 'status'),
            (
                'arr',
                to_jsonb((change.before -> 'crm_attributes' ->> 'arr')::numeric),
                to_jsonb((change.after -> 'crm_attributes' ->> 'arr')::numeric)
            ),
            (
                'contract_end_date',
                change.before -> 'crm_attributes' -> 'contract_end_date',
                change.after -> 'crm_attributes' -> 'contract_end_date'
            ),
            (
                'industry',
                to_jsonb(change.before -> 'crm_attributes' ->> 'industry'),
                to_jsonb(change.after -> 'crm_attributes' ->> 'industry')
            ),
            (
                'crm_attributes',
                case when $6 then change.before -> 'crm_attributes' end,
                case when $6 then change.after -> 'crm_attributes' end
            )
    ) as field (name, before, after)
) as shown
where change.tenant_id = $1
    and change.table_name = 'accounts'
    and change.action = 'update'
    and ($2::uuid[] is null or change.row_key ->> 'id' = any ($2::text[]))
    and change.at > $3
    and change.at <= $4
    and change.before ? $5
    and shown.before is distinct from shown.after
