-- $1 tenant, $2 account, $3 its present stage.
select milestone.id, milestone.title
from cs.stage_milestones as milestone
where milestone.tenant_id = $1::uuid
    and milestone.stage_id = $3
    and milestone.is_required
    and milestone.is_active
    and not exists (
        select from cs.account_milestones as settled
        where settled.tenant_id = milestone.tenant_id
            and settled.account_id = $2::uuid
            and settled.milestone_id = milestone.id
    )
order by milestone.display_order, milestone.title
