with ended as (
    update cs.health_overrides
    set ended_at = until
    where tenant_id = $1
        and id in (
            select id
            from cs.health_overrides
            where tenant_id = $1 and ended_at is null and until <= now()
            for update skip locked
        )
    returning tenant_id, account_id
)
insert into cs.health_dirty (tenant_id, account_id, by_usage)
select tenant_id, account_id, false
from ended
