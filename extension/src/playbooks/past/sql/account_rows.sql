-- $1 tenant, $2 accounts, $3 whether crm_attributes too.
select
    account.id,
    account.created_at,
    array[
        account.name, account.external_id, account.parent_id::text, account.csm_id::text, account.status::text,
        case when $3 then account.crm_attributes::text end
    ]
from cs.accounts as account
where account.tenant_id = $1 and account.id = any ($2)
