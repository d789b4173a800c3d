-- $1 burst.
select
    burst.tenant_id, burst.playbook_id, cardinality(burst.account_ids) as waiting,
    playbook.is_active and playbook.paused_at is null and playbook.deleted_at is null as is_on
from cs.playbook_bursts as burst
join cs.playbooks as playbook on playbook.tenant_id = burst.tenant_id and playbook.id = burst.playbook_id
where burst.id = $1 and burst.ended_at is null
