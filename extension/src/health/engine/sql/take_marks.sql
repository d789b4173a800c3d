delete from cs.health_dirty
where tenant_id = $1
    and id = any (array(
        select id
        from cs.health_dirty
        where tenant_id = $1 and account_id <> all ($3)
        order by id
        limit $2
        for update skip locked
    ))
returning account_id, by_usage, marked_at
