-- $1 tenant, $2 stage, $3 the milestone; $4, the id of an existing one, is NULL here.
insert into cs.stage_milestones (
    tenant_id, stage_id, title, description, is_required, due_after_days, display_order, criteria, is_active
)
select
    $1, $2, it.title, it.description, coalesce(it.is_required, true), it.due_after_days,
    coalesce(it.display_order, (
        select max(other.display_order) + 1 from cs.stage_milestones as other where other.tenant_id = $1 and other.stage_id = $2
    ), 1),
    it.criteria, coalesce(it.is_active, true)
from jsonb_populate_record(null::cs.stage_milestones, $3 - 'id') as it
where $4::text is null
returning true
