-- $1 tenant, $2 catalogue, $3 median depth, $4 accounts. The moment is that of writing: no computation before it could have
-- used them.
insert into cs.health_norms (tenant_id, taken_at, catalogue, median_depth, accounts)
values ($1, clock_timestamp(), $2, $3, $4)
