select
from cs.playbooks as playbook
where (playbook.tenant_id, playbook.id) in (select * from unnest($1::uuid[], $2::uuid[]))
order by playbook.id
for no key update
