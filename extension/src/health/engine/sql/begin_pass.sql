-- $1 tenant, $2 the account after which it begins
insert into cs.health_passes (tenant_id, passed_up_to)
values ($1, $2)
on conflict (tenant_id) do update set passed_up_to = excluded.passed_up_to
