-- $1 tenant, $2 stage.
select milestone.id, milestone.title
from cs.stage_milestones as milestone
where milestone.tenant_id = $1 and milestone.stage_id = $2 and milestone.is_required and milestone.is_active
order by milestone.display_order, milestone.title
