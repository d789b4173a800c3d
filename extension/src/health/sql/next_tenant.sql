-- The tenant after $1 that has marks, or the first one.
(select tenant_id from cs.health_dirty where tenant_id > $1 order by tenant_id limit 1)
union all
(select tenant_id from cs.health_dirty order by tenant_id limit 1)
limit 1
