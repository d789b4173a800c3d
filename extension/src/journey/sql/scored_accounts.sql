-- The accounts that have a new current score, in tenants that have milestones with criteria.
select new.tenant_id, array_agg(new.account_id) as ids
from new_rows as new
where new.is_current
    and exists (
        select from cs.stage_milestones as milestone
        where milestone.tenant_id = new.tenant_id and milestone.criteria is not null and milestone.is_active
    )
group by new.tenant_id
