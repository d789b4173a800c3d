-- $1 tenant.
select tenant_id, id, version, xmin::text::bigint as written_by
from cs.playbooks
where tenant_id = $1 and deleted_at is null
order by id
