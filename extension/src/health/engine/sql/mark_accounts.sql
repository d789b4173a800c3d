-- <new> and <old>: the columns that a score or a cap may depend on, of either row.
insert into cs.health_dirty (tenant_id, account_id, by_usage)
select new.tenant_id, new.id, false
from new_rows as new
join old_rows as old on old.tenant_id = new.tenant_id and old.id = new.id
where new.crm_attributes -> 'seats' is distinct from old.crm_attributes -> 'seats'
    or (new.status = 'Churned') <> (old.status = 'Churned')
    or (
        (<new>) is distinct from (<old>)
        and (
            select model.caps <> '[]'
            from cs.health_models as model
            where model.tenant_id = new.tenant_id
            order by model.version desc
            limit 1
        )
    )
returning 1 as marked
