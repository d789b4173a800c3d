select score, reason
from cs.health_overrides
where tenant_id = $1
    and account_id = $2
    and set_at <= $3
    and until > $3
    and (ended_at is null or ended_at > $3)
order by set_at desc, id desc
limit 1
