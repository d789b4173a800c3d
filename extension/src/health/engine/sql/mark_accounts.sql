insert into cs.health_dirty (tenant_id, account_id, by_usage)
select new.tenant_id, new.id, false
from new_rows as new
join old_rows as old on old.tenant_id = new.tenant_id and old.id = new.id
where new.crm_attributes -> 'seats' is distinct from old.crm_attributes -> 'seats'
    or (new.status = 'Churned') <> (old.status = 'Churned')
    or (
        (new.name, new.current_stage, new.status, new.csm_id, new.crm_attributes, new.external_id, new.hierarchy_level, new.parent_id)
            is distinct from
        (old.name, old.current_stage, old.status, old.csm_id, old.crm_attributes, old.external_id, old.hierarchy_level, old.parent_id)
        and (
            select model.caps <> '[]'
            from cs.health_models as model
            where model.tenant_id = new.tenant_id
            order by model.version desc
            limit 1
        )
    )
returning 1 as marked
