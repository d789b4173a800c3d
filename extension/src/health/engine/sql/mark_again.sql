-- $1 tenant, $2 accounts, $3 when usage arrived for each, NULL where it is not about usage
insert into cs.health_dirty (tenant_id, account_id, by_usage, marked_at)
select $1, it.account_id, it.usage_at is not null, coalesce(it.usage_at, clock_timestamp())
from unnest($2::uuid[], $3::timestamptz[]) as it (account_id, usage_at)
