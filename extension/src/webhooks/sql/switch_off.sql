update cs.playbooks as playbook
set is_active = false
where (playbook.tenant_id, playbook.id) in (select * from unnest($1::uuid[], $2::uuid[])) and playbook.is_active
