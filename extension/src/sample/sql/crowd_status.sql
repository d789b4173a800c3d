-- Owns how some stories end: lost accounts become Churned, which moves them to the end stage, and a few steady ones
-- Paused. Set last, so that they have a past too.
update cs.accounts as account
set status = case it.profile when 'churned' then 'Churned' else 'Paused' end::cs.account_status
from pg_temp.sample_crowd as it
where account.tenant_id = it.tenant_id
    and account.id = it.id
    and (it.profile = 'churned' or it.profile = 'steady' and it.number % 11 = 3)
