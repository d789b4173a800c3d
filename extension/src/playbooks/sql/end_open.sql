-- $1 tenants, $2 executions.
update cs.playbook_executions set is_open = false 
where (tenant_id, id) in (select * from unnest($1::uuid[], $2::uuid[])) and is_open
