-- $1 tenant, $2 accounts, $3 since, $4 whether crm_attributes too: per change whether it made the account, else the columns that
-- it replaced, each with what it was.
select
    (change.row_key ->> 'id')::uuid,
    change.at,
    change.action = 'insert',
    array[
        (change.before ? 'name')::text, change.before ->> 'name',
        (change.before ? 'external_id')::text, change.before ->> 'external_id',
        (change.before ? 'parent_id')::text, change.before ->> 'parent_id',
        (change.before ? 'csm_id')::text, change.before ->> 'csm_id',
        (change.before ? 'status')::text, change.before ->> 'status',
        ($4 and change.before ? 'crm_attributes')::text, case when $4 then change.before ->> 'crm_attributes' end
    ]
from cs.audit_log as change
where change.tenant_id = $1
    and change.table_name = 'accounts'
    and change.row_key ->> 'id' = any ($2)
    and change.at > $3
    and (
        change.action = 'insert'
        or change.action = 'update'
            and (change.before ?| array['name', 'external_id', 'parent_id', 'csm_id', 'status'] or $4 and change.before ? 'crm_attributes')
    )
order by change.at, change.id
