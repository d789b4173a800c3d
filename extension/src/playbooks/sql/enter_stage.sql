-- $1 tenant, $2 account, $3 stage.
update cs.accounts as account
set current_stage = stage.name
from cs.journey_stages as stage
where account.tenant_id = $1 and account.id = $2
    and stage.tenant_id = $1 and stage.id::text = $3
    and account.current_stage <> stage.name
returning account.current_stage
