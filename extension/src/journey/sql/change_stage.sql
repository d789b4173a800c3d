-- $1 tenant, $2 what changes, $3 id. What is absent stays as it is.
update cs.journey_stages as stage
set (name, display_order, target_duration_days, color_hex, is_side, is_end, is_active, wip_limit) = (
    select
        it.name, it.display_order, it.target_duration_days, it.color_hex, it.is_side, it.is_end, it.is_active, it.wip_limit
    from jsonb_populate_record(stage, $2 - 'id') as it
)
where stage.tenant_id = $1 and stage.id::text = $3
