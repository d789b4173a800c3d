-- $1 tenant, $2 stage, $3 what changes, $4 id. What is absent stays as it is.
update cs.stage_milestones as milestone
set (title, description, is_required, due_after_days, display_order, criteria, is_active) = (
    select it.title, it.description, it.is_required, it.due_after_days, it.display_order, it.criteria, it.is_active
    from jsonb_populate_record(milestone, $3 - 'id') as it
)
where milestone.tenant_id = $1 and milestone.stage_id = $2 and milestone.id::text = $4
returning true
