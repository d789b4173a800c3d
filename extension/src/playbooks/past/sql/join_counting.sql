cross join lateral (
    select
        greatest(0, coalesce(own.arr, 0) - coalesce(below.arr, 0)) as arr,
        own.arr is null as is_missing
    from (select) as none
    left join lateral (
        select history.arr
        from cs.arr_history as history
        where history.tenant_id = account.tenant_id and history.account_id = account.id and history.valid_from <= account.row_at
        order by history.valid_from desc, history.id desc
        limit 1
    ) as own on true
    cross join lateral (
        select sum(held.arr) as arr
        from unnest(account.children) as child (id)
        cross join lateral (
            select history.arr
            from cs.arr_history as history
            where history.tenant_id = account.tenant_id and history.account_id = child.id and history.valid_from <= account.row_at
            order by history.valid_from desc, history.id desc
            limit 1
        ) as held
    ) as below
) as counting
