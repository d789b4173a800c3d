-- $1 tenant. A condition over $2 may follow.
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
where account.tenant_id = $1
