-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until. A move is recorded in the audit log as the last thing of its
-- statement: what else the statement changed in the account is so from then on.
select
    history.account_id,
    history.id,
    history.entered_at,
    coalesce(recorded.at, history.entered_at),
    history.from_stage,
    stage_left.id::text,
    history.to_stage,
    stage.id::text,
    stage.is_end,
    history.resumes is not null
from cs.journey_history as history
join cs.journey_stages as stage on stage.tenant_id = history.tenant_id and stage.name = history.to_stage
left join cs.journey_stages as stage_left on stage_left.tenant_id = history.tenant_id and stage_left.name = history.from_stage
left join lateral (
    select change.at
    from cs.audit_log as change
    where change.tenant_id = history.tenant_id
        and change.table_name = 'accounts'
        and change.row_key ->> 'id' = history.account_id::text
        and change.at >= history.entered_at
        -- Not one of much later, where the stay was dated back by hand.
        and change.at < history.entered_at + interval '1 hour'
        and (change.action = 'insert' or change.action = 'update' and change.before ? 'current_stage')
    order by change.at
    limit 1
) as recorded on true
where history.tenant_id = $1
    and ($2::uuid[] is null or history.account_id = any ($2))
    and history.entered_at > $3
    and history.entered_at <= $4
