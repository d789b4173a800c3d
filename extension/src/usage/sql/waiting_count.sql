select count(*) as waiting
from (
    select
    from cs.unknown_usage as waiting
    where waiting.tenant_id = $1 and waiting.ended_at is null
    limit $2
) as counted
