-- $1 tenant, $2 accounts or NULL for all, $3 stage or NULL for any.
select
    stay.account_id,
    stay.history_id::text as subject,
    jsonb_build_object('from_stage', stay.from_stage, 'to_stage', stay.to_stage) as event,
    false as stale,
    false as uncertain
from cs.counted_stays as stay
join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
where stay.tenant_id = $1
    and stay.exited_at is null
    and ($2::uuid[] is null or stay.account_id = any ($2))
    and ($3::uuid is null or stage.id = $3)
