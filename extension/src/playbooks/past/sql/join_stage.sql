left join lateral (
    select
        known.tenant_id,
        known.id,
        case when replaced.was is null then known.target_duration_days else (replaced.was #>> '{}')::integer end as target_duration_days
    from cs.journey_stages as known
    left join lateral (
        select change.before -> 'target_duration_days' as was
        from cs.audit_log as change
        where change.tenant_id = known.tenant_id
            and change.table_name = 'journey_stages'
            and change.row_key ->> 'id' = known.id::text
            and change.at > account.at
            and change.action = 'update'
            and change.before ? 'target_duration_days'
        order by change.at
        limit 1
    ) as replaced on true
    where known.tenant_id = account.tenant_id and known.name = stay.to_stage
) as stage on true
