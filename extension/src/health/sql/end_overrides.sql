with ended as (
    update cs.health_overrides
    set ended_at = until
    where ended_at is null and until <= now()
    returning tenant_id, account_id
)
insert into cs.health_dirty (tenant_id, account_id, by_usage)
select tenant_id, account_id, false
from ended
