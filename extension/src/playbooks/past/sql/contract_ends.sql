-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until, which is not asked for: the end of each contract now, and before each
-- change of it.
select account.id, null::timestamptz as at, account.contract_end_date::text, account.created_at
from cs.accounts as account
where account.tenant_id = $1 and ($2::uuid[] is null or account.id = any ($2)) and $4::timestamptz is not null
union all
select
    (change.row_key ->> 'id')::uuid, change.at, change.before -> 'crm_attributes' ->> 'contract_end_date', null
from cs.audit_log as change
where change.tenant_id = $1
    and change.table_name = 'accounts'
    and change.action = 'update'
    and ($2::uuid[] is null or change.row_key ->> 'id' = any ($2::text[]))
    and change.at > $3 - interval '2 days'
    and change.before ? 'crm_attributes'
    and change.before -> 'crm_attributes' ->> 'contract_end_date'
        is distinct from change.after -> 'crm_attributes' ->> 'contract_end_date'
order by at nulls first
