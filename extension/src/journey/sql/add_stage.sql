-- $1 tenant, $2 the stage; $3, the id of an existing one, is NULL here.
insert into cs.journey_stages (
    tenant_id, name, display_order, target_duration_days, color_hex, is_side, is_end, is_active, wip_limit
)
select
    $1, it.name,
    coalesce(it.display_order, (
        select max(other.display_order) + 1 from cs.journey_stages as other where other.tenant_id = $1
    ), 1),
    it.target_duration_days, coalesce(it.color_hex, '#64748b'), coalesce(it.is_side, false), coalesce(it.is_end, false),
    coalesce(it.is_active, true), it.wip_limit
from jsonb_populate_record(null::cs.journey_stages, $2 - 'id') as it
where $3::text is null
