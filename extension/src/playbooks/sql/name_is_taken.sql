-- $1 tenant, $2 playbook, NULL for a new one, $3 name.
select
from cs.playbooks
where tenant_id = $1 and deleted_at is null and cs.fold_name(name) = cs.fold_name($3) and id is distinct from $2
