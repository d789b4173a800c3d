-- $1 tenant, $2 moment, NULL for now, $3 version of the model; then one array per column
insert into cs.health_scores (
    tenant_id, account_id, created_at, is_current, previous_score, overall_score, raw_score, usage_score,
    engagement_score, support_score, adoption_score, risk_level, model_version, coverage, confidence, source, cause,
    stale_feed, inputs
)
select
    $1, it.account_id, coalesce($2, greatest(clock_timestamp(), it.previous_at)), true, it.previous_score,
    it.overall_score, it.raw_score, it.usage_score, it.engagement_score, it.support_score, it.adoption_score,
    it.risk_level::cs.risk_level, $3, round(it.coverage::numeric, 4), it.confidence, it.source, it.cause,
    it.stale_feed, it.inputs::jsonb
from unnest(
    $4::uuid[], $5::timestamptz[], $6::integer[], $7::integer[], $8::integer[], $9::integer[], $10::integer[],
    $11::integer[], $12::integer[], $13::text[], $14::double precision[], $15::text[], $16::text[], $17::text[],
    $18::boolean[], $19::text[]
) as it (
    account_id, previous_at, previous_score, overall_score, raw_score, usage_score, engagement_score, support_score,
    adoption_score, risk_level, coverage, confidence, source, cause, stale_feed, inputs
)
