-- $1 tenant, $2 accounts: since when those that are lost pay nothing.
select account.id, history.valid_from
from cs.accounts as account
join cs.arr_history as history
    on history.tenant_id = account.tenant_id and history.account_id = account.id and history.valid_until is null
where account.tenant_id = $1 and account.id = any ($2) and account.status = 'Churned'
