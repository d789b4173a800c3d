-- $1 tenant, $2 title or id.
select milestone.id
from cs.stage_milestones as milestone
where milestone.tenant_id = $1
    and milestone.is_active
    and (milestone.id::text = lower(btrim($2)) or lower(btrim(milestone.title)) = lower(btrim($2)))
order by milestone.id
limit 2
