-- $1 tenant, $2 host, $3 when it is tried again, in µs since 1970, $4 failures, $5 why
insert into cs.webhook_breakers as breaker (tenant_id, host, probe_at, failures, last_error)
values ($1, $2, '1970-01-01 00:00:00+00'::timestamptz + $3 * interval '1 microsecond', $4, $5)
on conflict (tenant_id, host) do update
set probe_at = excluded.probe_at, failures = excluded.failures, last_error = excluded.last_error
