-- $1 tenant, $2 playbook.
insert into cs.playbook_passes (tenant_id, playbook_id, passed_on)
select tenant.id, $2, cs.local_day(tenant.settings, now())
from cs.tenants as tenant
where tenant.id = $1
on conflict (tenant_id, playbook_id) do update set passed_on = excluded.passed_on
