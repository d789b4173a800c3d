-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until, $5 the column that the field is kept in, $6 the field as criteria call it,
-- $7 the outermost key of a CRM attribute.
select
    (change.row_key ->> 'id')::uuid,
    change.id,
    change.at,
    jsonb_build_object($6, field.before)::text,
    jsonb_build_object($6, field.after)::text
from cs.audit_log as change
cross join lateral (
    select
        case $6
            when 'arr' then to_jsonb((change.before -> 'crm_attributes' ->> 'arr')::numeric)
            when 'contract_end_date' then change.before -> 'crm_attributes' -> 'contract_end_date'
            when 'industry' then to_jsonb(change.before -> 'crm_attributes' ->> 'industry')
            when 'crm_attributes' then jsonb_build_object($7, change.before -> 'crm_attributes' -> $7)
            else change.before -> $5
        end as before,
        case $6
            when 'arr' then to_jsonb((change.after -> 'crm_attributes' ->> 'arr')::numeric)
            when 'contract_end_date' then change.after -> 'crm_attributes' -> 'contract_end_date'
            when 'industry' then to_jsonb(change.after -> 'crm_attributes' ->> 'industry')
            when 'crm_attributes' then jsonb_build_object($7, change.after -> 'crm_attributes' -> $7)
            else change.after -> $5
        end as after
) as field
where change.tenant_id = $1
    and change.table_name = 'accounts'
    and change.action = 'update'
    and ($2::uuid[] is null or change.row_key ->> 'id' = any ($2::text[]))
    and change.at > $3
    and change.at <= $4
    and change.before ? $5
    and field.before is distinct from field.after
