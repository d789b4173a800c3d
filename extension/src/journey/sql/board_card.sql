card as (
    select
        picked.stage_id,
        picked.place,
        jsonb_build_array(nullif(picked.rank, 'Infinity')::text, picked.name, picked.id)::text as place_in_order,
        jsonb_build_object(
            'id', it.id,
            'name', it.name,
            'parent_name', it.parent_name,
            'version', it.version,
            'overall_score', it.overall_score,
            'risk_level', it.risk_level,
            'confidence', it.confidence,
            'score_change_30d', it.score_change_30d,
            'arr', it.arr,
            'days_in_stage', it.days_in_stage,
            'over_by_days', floor(picked.over_seconds / 86400)::integer,
            'stage_state', it.stage_state,
            'milestones_done', milestones.done,
            'milestones_total', milestones.total,
            'open_required', coalesce(milestones.open_required, '[]'),
            'days_to_renewal', it.days_to_renewal,
            'csm_id', it.csm_id,
            'csm_name', it.csm_name,
            'since', picked.since,
            'history_id', picked.history_id
        ) as it
    from picked
    join cs.account_overview as it
        on it.tenant_id = picked.tenant_id
        and it.id = picked.id
        -- By index: without this, what the overview gathers would be gathered for every account.
        and it.id = any (array(select picked.id from picked))
    -- Card by card: gathered for all of them at once it may be gathered again for each.
    cross join lateral (
        select
            count(*) as total,
            count(*) filter (where status.state <> 'open') as done,
            jsonb_agg(status.title order by status.display_order, status.title)
                filter (where status.state = 'open' and status.is_required) as open_required
        from cs.account_milestone_status as status
        where status.tenant_id = picked.tenant_id and status.account_id = picked.id
    ) as milestones
)
