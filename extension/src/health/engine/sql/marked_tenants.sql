-- One step in the index per tenant, however many marks each has.
with recursive marked as (
    (select tenant_id from cs.health_dirty order by tenant_id limit 1)
    union all
    select (
        select next.tenant_id
        from cs.health_dirty as next
        where next.tenant_id > marked.tenant_id
        order by next.tenant_id
        limit 1
    )
    from marked
    where marked.tenant_id is not null
)
select tenant_id
from marked
where tenant_id is not null
