-- $1 tenant, $2 playbook, $3 the moment to wait for, $4 the zone that it is of, $5 the moment that it is at, $6 the last
-- account of that.
insert into cs.playbook_passes (tenant_id, playbook_id, next_at, zone, moment, up_to)
values ($1, $2, $3, $4, $5, $6)
on conflict (tenant_id, playbook_id) do update
set next_at = excluded.next_at, zone = excluded.zone, moment = excluded.moment, up_to = excluded.up_to
