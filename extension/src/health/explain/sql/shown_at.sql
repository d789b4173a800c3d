select overall_score, source
from cs.health_scores
where tenant_id = $1 and account_id = $2 and created_at <= $3
order by created_at desc
limit 1
