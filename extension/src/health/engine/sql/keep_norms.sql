-- $1 tenant, $2 moment, $3 rows, $4 catalogue, $5 usual depth
insert into cs.health_passes as pass (tenant_id, norms_at, norm_rows, catalogue, usual_depth)
values ($1, $2, $3, $4, $5)
on conflict (tenant_id) do update
set norms_at = excluded.norms_at,
    norm_rows = excluded.norm_rows,
    catalogue = excluded.catalogue,
    usual_depth = excluded.usual_depth
where pass.norms_at is null or pass.norms_at < excluded.norms_at
