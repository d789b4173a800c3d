-- $1 tenant, $2 accounts or NULL for all, $3 milestone or NULL for any. A stay that goes on after an undo is the one that
-- began.
select
    milestone.account_id,
    concat_ws(' ', coalesce(history.resumes, history.id), milestone.milestone_id) as subject,
    jsonb_build_object(
        'milestone', milestone.title,
        'milestone_id', milestone.milestone_id,
        'stage', milestone.stage,
        'due', cs.local_day(tenant.settings, milestone.due_at)
    ) as event,
    false as stale,
    false as uncertain
from cs.account_milestone_status as milestone
join cs.tenants as tenant on tenant.id = milestone.tenant_id
join cs.journey_history as history
    on history.tenant_id = milestone.tenant_id and history.account_id = milestone.account_id and history.exited_at is null
where milestone.tenant_id = $1
    and milestone.is_overdue
    and ($2::uuid[] is null or milestone.account_id = any ($2))
    and ($3::uuid is null or milestone.milestone_id = $3)
