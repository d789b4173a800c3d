-- $1 tenant, $2 moment, $3 least rows: norms that were kept, if they are recent and from enough rows
select catalogue, usual_depth, norms_at
from cs.health_passes
where tenant_id = $1 and norm_rows > $3 and norms_at <= $2 and norms_at > $2 - interval '36 hours'
