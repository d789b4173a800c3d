-- $1 tenant, $2 accounts that move, $3 accounts that are named. Carried is what moves, and all that stands below it.
with carried as (
    select distinct account.id
    from cs.accounts as moved
    join cs.accounts as account
        on account.tenant_id = $1
        and (
            account.hierarchy_path = moved.hierarchy_path
            or (
                account.hierarchy_path >= moved.hierarchy_path || '/'
                and account.hierarchy_path < moved.hierarchy_path || '0'
            )
        )
    where moved.tenant_id = $1 and moved.id = any ($2)
)
select account.id, account.parent_id, account.hierarchy_level, carried.id is not null as is_carried
from (select id from carried union select unnest($3)) as it
join cs.accounts as account on account.tenant_id = $1 and account.id = it.id
left join carried on carried.id = it.id
