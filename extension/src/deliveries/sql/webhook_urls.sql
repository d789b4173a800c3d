-- $1 tenants, $2 playbooks, $3 places: 0 is the playbook's own webhook_url.
select
    playbook.tenant_id, playbook.id, wanted.action,
    case wanted.action when 0 then playbook.webhook_url else playbook.actions -> (wanted.action - 1) ->> 'url' end as url
from unnest($1::uuid[], $2::uuid[], $3::integer[]) as wanted (tenant_id, id, action)
join cs.playbooks as playbook on playbook.tenant_id = wanted.tenant_id and playbook.id = wanted.id
