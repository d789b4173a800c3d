-- The accounts that a statement wrote, in tenants that have milestones with criteria.
select new.tenant_id, array_agg(new.id) as ids
from new_rows as new
where exists (
    select from cs.stage_milestones as milestone
    where milestone.tenant_id = new.tenant_id and milestone.criteria is not null and milestone.is_active
)
group by new.tenant_id
