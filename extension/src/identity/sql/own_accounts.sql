select account.id
from cs.accounts as account
where account.tenant_id = $1 and account.csm_id = $2
union
select member.account_id
from cs.account_members as member
where member.tenant_id = $1 and member.user_id = $2
