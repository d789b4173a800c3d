-- $1 tenant, $2 account, $3 what is to be done, $4 days until then, $5 who.
insert into cs.activities (tenant_id, account_id, kind, body, at, assigned_to)
values ($1, $2, 'task', $3, clock_timestamp() + $4 * interval '1 day', $5)
returning id
