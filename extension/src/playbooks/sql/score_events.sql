select
    id, tenant_id, account_id, previous_score, overall_score, risk_level::text,
    coalesce(confidence = 'low', false) as low_confidence,
    stale_feed
from new_rows
where is_current
order by created_at, id
