-- $1 tenant, $2 moment: what had been accepted by then
select metric_type::text, accepted_at, withdrawn_at
from cs.feed_silences
where tenant_id = $1 and accepted_at <= $2
