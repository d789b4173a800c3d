-- The tenant after $1 that has marks, or the first one; accounts that another transaction is writing ($2) do not count.
(select tenant_id from cs.health_dirty where tenant_id > $1 and account_id <> all ($2) order by tenant_id limit 1)
union all
(select tenant_id from cs.health_dirty where account_id <> all ($2) order by tenant_id limit 1)
limit 1
