with ended as (
    update cs.health_overrides
    set ended_at = until
    where (tenant_id, id) in (
        select tenant_id, id
        from cs.health_overrides
        where ended_at is null and until <= now()
        for update skip locked
    )
    returning tenant_id, account_id
)
insert into cs.health_dirty (tenant_id, account_id, by_usage)
select tenant_id, account_id, false
from ended
