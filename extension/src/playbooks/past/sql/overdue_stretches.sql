-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until, $5 milestone or NULL for any: stay by stay when a milestone of it was
-- open past its due date. What a milestone was like held until it was changed, which the audit log tells.
with change as materialized (
    select (change.row_key ->> 'id')::uuid as milestone_id, change.at, change.before
    from cs.audit_log as change
    where change.tenant_id = $1
        and change.table_name = 'stage_milestones'
        and change.action = 'update'
        and change.before ?| array['due_after_days', 'is_active']
), story as materialized (
    select
        milestone.id,
        milestone.stage_id,
        milestone.title,
        greatest(
            milestone.created_at, lag(version.until) over (partition by milestone.id order by version.until)
        ) as since,
        version.until,
        case when due.was is null then milestone.due_after_days else (due.was #>> '{}')::integer end as due_after_days,
        coalesce((activity.was #>> '{}')::boolean, milestone.is_active) as is_active
    from cs.stage_milestones as milestone
    cross join lateral (
        select change.at as until from change where change.milestone_id = milestone.id
        union all
        select 'infinity'
    ) as version
    left join lateral (
        select change.before -> 'due_after_days' as was
        from change
        where change.milestone_id = milestone.id and change.at >= version.until and change.before ? 'due_after_days'
        order by change.at
        limit 1
    ) as due on true
    left join lateral (
        select change.before -> 'is_active' as was
        from change
        where change.milestone_id = milestone.id and change.at >= version.until and change.before ? 'is_active'
        order by change.at
        limit 1
    ) as activity on true
    where milestone.tenant_id = $1 and ($5::uuid is null or milestone.id = $5::uuid)
)
select
    stay.account_id,
    concat_ws(' ', coalesce(stay.resumes, stay.id), milestone.id),
    stay.id,
    stretch.begins,
    stretch.ends,
    jsonb_build_object(
        'milestone', milestone.title,
        'milestone_id', milestone.id,
        'stage', stage.name,
        'due', cs.local_day(tenant.settings, due.at)
    )::text
from cs.tenants as tenant
join cs.journey_history as stay on stay.tenant_id = tenant.id
join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
join story as milestone on milestone.stage_id = stage.id and milestone.is_active and milestone.due_after_days is not null
left join cs.account_milestones as closed
    on closed.tenant_id = stay.tenant_id and closed.account_id = stay.account_id and closed.milestone_id = milestone.id
cross join lateral (
    select case
        when stay.resumes is null then stay.entered_at
        else (
            select first.entered_at
            from cs.journey_history as first
            where first.tenant_id = stay.tenant_id and first.id = stay.resumes
        )
    end as at
) as begun
cross join lateral (select cs.milestone_due_at(begun.at, milestone.due_after_days) as at) as due
cross join lateral (
    select
        -- At the very bound it is not yet.
        greatest(due.at + interval '1 microsecond', stay.entered_at, milestone.since) as begins,
        least(stay.exited_at, milestone.until, closed.completed_at, $4 + interval '1 microsecond') as ends
) as stretch
where tenant.id = $1
    and ($2::uuid[] is null or stay.account_id = any ($2))
    and stay.entered_at <= $4
    and stretch.begins < stretch.ends
order by stay.account_id, concat_ws(' ', coalesce(stay.resumes, stay.id), milestone.id), stretch.begins
