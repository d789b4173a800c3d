-- $1 tenant, $2 accounts or NULL for all, $3 stage or NULL for any. A stay that goes on after an undo is the one that began.
select
    stay.account_id,
    coalesce(history.resumes, history.id)::text as subject,
    jsonb_build_object(
        'stage', stage.name,
        'since', cs.local_day(tenant.settings, stay.since),
        'days_in_stage', floor(stay.seconds / 86400),
        'target_days', stage.target_duration_days
    ) as event,
    false as stale,
    false as uncertain
from cs.current_stays as stay
join cs.tenants as tenant on tenant.id = stay.tenant_id
join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.id = stay.stage_id
join cs.journey_history as history on history.tenant_id = stay.tenant_id and history.id = stay.history_id
where stay.tenant_id = $1
    and stay.stage_state = 'stuck'
    and ($2::uuid[] is null or stay.account_id = any ($2))
    and ($3::uuid is null or stay.stage_id = $3)
