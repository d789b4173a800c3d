-- The milestones with criteria that a statement wrote.
select new.tenant_id, array_agg(new.id) as ids
from new_rows as new
where new.criteria is not null and new.is_active
group by new.tenant_id
