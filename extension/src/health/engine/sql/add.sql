-- $1 tenant, $2 moment, NULL for now; then one array per column
insert into cs.health_scores (
    tenant_id, account_id, created_at, is_current, previous_score, overall_score, raw_score, usage_score,
    engagement_score, support_score, adoption_score, risk_level, model_version, coverage, confidence, source, cause,
    stale_feed, inputs
)
select
    $1, it.account_id, coalesce($2, greatest(clock_timestamp(), it.previous_at)), true, it.previous_score,
    it.overall_score, it.raw_score, it.usage_score, it.engagement_score, it.support_score, it.adoption_score,
    it.risk_level::cs.risk_level, it.model_version, round(it.coverage::numeric, 4), it.confidence, it.source, it.cause,
    it.stale_feed, it.inputs::jsonb
from unnest(
    $3::uuid[], $4::timestamptz[], $5::integer[], $6::integer[], $7::integer[], $8::integer[], $9::integer[],
    $10::integer[], $11::integer[], $12::text[], $13::integer[], $14::double precision[], $15::text[], $16::text[],
    $17::text[], $18::boolean[], $19::text[]
) as it (
    account_id, previous_at, previous_score, overall_score, raw_score, usage_score, engagement_score, support_score,
    adoption_score, risk_level, model_version, coverage, confidence, source, cause, stale_feed, inputs
)
