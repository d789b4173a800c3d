-- $1 tenant, $2 accounts or NULL for all, $3 since, $4 until, $5 stage or NULL for any: stay by stay when the account was stuck in it.
-- A target held until it was changed, which the audit log tells.
with target as materialized (
    select
        story.stage_id,
        coalesce(lag(story.until) over (partition by story.stage_id order by story.until), '-infinity') as since,
        story.until,
        story.days
    from (
        select
            (change.row_key ->> 'id')::uuid as stage_id,
            change.at as until,
            (change.before ->> 'target_duration_days')::integer as days
        from cs.audit_log as change
        where change.tenant_id = $1
            and change.table_name = 'journey_stages'
            and change.action = 'update'
            and change.before ? 'target_duration_days'
        union all
        select stage.id, 'infinity', stage.target_duration_days
        from cs.journey_stages as stage
        where stage.tenant_id = $1
    ) as story
)
select
    stay.account_id,
    coalesce(stay.resumes, stay.id)::text,
    stay.id,
    stretch.begins,
    stretch.ends,
    jsonb_build_object(
        'stage', stage.name,
        'since', cs.local_day(tenant.settings, begun.at),
        'days_in_stage', cs.days_between(begun.at, stretch.begins),
        'target_days', target.days
    )::text
from cs.tenants as tenant
join cs.journey_history as stay on stay.tenant_id = tenant.id
join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
join target on target.stage_id = stage.id and target.days is not null
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
cross join lateral (
    select
        -- At the very bound it is not yet.
        greatest(
            begun.at + target.days * interval '36 hours' + interval '1 microsecond', stay.entered_at, target.since
        ) as begins,
        least(stay.exited_at, target.until, $4 + interval '1 microsecond') as ends
) as stretch
where tenant.id = $1
    and ($2::uuid[] is null or stay.account_id = any ($2))
    and ($5::uuid is null or stage.id = $5::uuid)
    and stay.entered_at <= $4
    and stretch.begins < stretch.ends
order by stay.account_id, coalesce(stay.resumes, stay.id), stretch.begins
