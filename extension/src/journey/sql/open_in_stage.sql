-- $1 tenant, $2 account, $3 its current stage.
select milestone.id, milestone.title
from cs.stage_milestones as milestone
where milestone.tenant_id = $1
    and milestone.stage_id = $3
    and milestone.is_required
    and milestone.is_active
    and not exists (
        select from cs.account_milestones as done_or_waived
        where done_or_waived.tenant_id = milestone.tenant_id
            and done_or_waived.account_id = $2
            and done_or_waived.milestone_id = milestone.id
    )
order by milestone.display_order, milestone.title
