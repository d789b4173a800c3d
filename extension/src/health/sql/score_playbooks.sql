-- $1 tenant.
select
from cs.playbooks
where tenant_id = $1
    and is_active
    and paused_at is null
    and deleted_at is null
    and event_kind in ('health_drop', 'health_drop_by', 'risk_level_change', 'component_below')
