-- $1 tenant, $2 playbook, $3 action: 0 is the playbook's own webhook_url.
select
    case
        when $3::integer > 0 then playbook.actions -> ($3::integer - 1) ->> 'kind'
        when playbook.webhook_url is not null then 'webhook'
    end as kind,
    case when $3::integer > 0 then playbook.actions -> ($3::integer - 1) ->> 'url' else playbook.webhook_url end as url,
    playbook.is_ordered,
    playbook.max_attempts,
    (select here.system_identifier || '/' || here.database_oid from cs.installation as here) as installation
from cs.playbooks as playbook
where playbook.tenant_id = $1 and playbook.id = $2
