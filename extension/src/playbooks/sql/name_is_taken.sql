-- $1 tenant, $2 playbook, NULL for a new one, $3 name.
select
from cs.playbooks
where tenant_id = $1 and deleted_at is null and lower(name) = lower($3) and id is distinct from $2
