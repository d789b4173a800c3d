-- $1 tenant: active milestones with criteria, and the accounts in their stages for which they are open. A condition over $2
-- and the grouping follow.
select milestone.id, milestone.criteria, array_agg(account.id order by account.id) as accounts
from cs.accounts as account
join cs.journey_stages as stage on stage.tenant_id = account.tenant_id and stage.name = account.current_stage
join cs.stage_milestones as milestone
    on milestone.tenant_id = stage.tenant_id
    and milestone.stage_id = stage.id
    and milestone.criteria is not null
    and milestone.is_active
where account.tenant_id = $1
    and not exists (
        select from cs.account_milestones as done_or_waived
        where done_or_waived.tenant_id = account.tenant_id
            and done_or_waived.account_id = account.id
            and done_or_waived.milestone_id = milestone.id
    )
