-- $1 tenant, $2 the accounts that the caller sees: what their other direct children pay, where they have any.
select
    child.tenant_id,
    child.parent_id,
    coalesce(sum(child.arr) filter (where child.status <> 'Churned'), 0) as arr
from cs.accounts as child
where child.tenant_id = $1 and child.parent_id = any ($2) and child.id <> all ($2)
group by child.tenant_id, child.parent_id
