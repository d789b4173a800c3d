-- $1 tenant, $2 playbook, $3 action: 0 is the playbook's own webhook_url.
select case $3::integer when 0 then webhook_url else actions -> ($3::integer - 1) ->> 'url' end as url
from cs.playbooks
where tenant_id = $1 and id = $2
