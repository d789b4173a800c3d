select new.tenant_id, new.id
from new_rows as new
join old_rows as old on old.tenant_id = new.tenant_id and old.id = new.id
where new.is_active
    and new.paused_at is null
    and new.deleted_at is null
    and not (
        old.is_active
        and old.paused_at is null
        and old.deleted_at is null
        and old.trigger_criteria -> 'event' = new.trigger_criteria -> 'event'
    )
order by new.tenant_id, new.id
