-- $1 tenant, $2 accounts, NULL for all
select
    account.id,
    account.created_at,
    case
        when jsonb_typeof(account.crm_attributes -> 'seats') = 'number'
            or jsonb_typeof(account.crm_attributes -> 'seats') = 'string'
                and account.crm_attributes ->> 'seats' ~ '^(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,2})?$'
            then (account.crm_attributes ->> 'seats')::double precision
    end as seats
from cs.accounts as account
where account.tenant_id = $1 and ($2::uuid[] is null or account.id = any ($2))
order by account.id
