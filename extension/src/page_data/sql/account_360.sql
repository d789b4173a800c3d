-- $1 tenant, $2 account, $3 what the caller may do to accounts they see.
select jsonb_build_object(
    'account', to_jsonb(overview),
    'version', overview.version,
    'permissions', to_jsonb($3),
    'breadcrumb', (
        select jsonb_agg(to_jsonb(step) order by step.position) from cs.account_breadcrumb($2) as step
    ),
    'stage', (
        select jsonb_build_object(
            'id', stage.id,
            'name', stage.name,
            'color_hex', stage.color_hex,
            'is_side', stage.is_side,
            'is_end', stage.is_end,
            'target_days', stage.target_duration_days,
            'since', overview.stage_since,
            'days', overview.days_in_stage,
            'state', overview.stage_state,
            'suggested', cs.suggested_stage($2)
        )
        from cs.journey_stages as stage
        where stage.tenant_id = $1 and stage.name = overview.current_stage
    ),
    'fields', (
        select coalesce(
            jsonb_agg(
                jsonb_build_object(
                    'key', field.key,
                    'label', field.label,
                    'type', field.type,
                    'value', overview.crm_attributes -> field.key,
                    'options', field.options,
                    'is_required', field.is_required
                )
                order by field.display_order, field.label, field.key
            ),
            '[]'
        )
        from cs.custom_fields as field
        where field.tenant_id = $1 and field.is_active
    ),
    'contacts', (
        select coalesce(
            jsonb_agg(
                to_jsonb(contact) - array['tenant_id', 'account_id']
                order by contact.is_primary desc, contact.full_name, contact.id
            ),
            '[]'
        )
        from cs.contacts as contact
        where contact.tenant_id = $1 and contact.account_id = $2
    ),
    'milestones', (
        select coalesce(
            jsonb_agg(
                to_jsonb(milestone) - array['tenant_id', 'account_id', 'account_name']
                order by milestone.display_order, milestone.title
            ),
            '[]'
        )
        from cs.account_milestone_status as milestone
        where milestone.tenant_id = $1 and milestone.account_id = $2
    ),
    'health', jsonb_build_object(
        'current', (
            select to_jsonb(health) - array['tenant_id', 'account_id', 'account_name']
            from cs.health_current as health
            where health.tenant_id = $1 and health.account_id = $2
        ),
        -- What the score was at the end of each of twelve weeks, the last one now.
        'history', (
            select jsonb_agg(jsonb_build_object('at', week.at, 'score', score.overall_score) order by week.at)
            from generate_series(now() - interval '1848 hours', now(), interval '168 hours') as week (at)
            left join lateral cs.score_at($1, $2, week.at) as score on true
        )
    ),
    'explain_top', (
        with part as materialized (
            select explained.*
            from cs.explain_health($2, quick => true) as explained
            where explained.part is not null and explained.metric is null and explained.points_lost > 0
        )
        select jsonb_build_object(
            'largest_gain', (
                select jsonb_build_object(
                    'component', part.component, 'part', part.part, 'points', round(part.points_lost, 1), 'reading', part.reading
                )
                from part
                where part.largest_gain
            ),
            'parts', coalesce(
                (
                    select jsonb_agg(
                        jsonb_build_object(
                            'component', most.component,
                            'part', most.part,
                            'score', most.score,
                            'points_lost', round(most.points_lost, 1),
                            'reading', most.reading
                        )
                        order by most.points_lost desc, most.component, most.part
                    )
                    from (select part.* from part order by part.points_lost desc, part.component, part.part limit 5) as most
                ),
                '[]'
            )
        )
    ),
    'rollup', (select to_jsonb(family) from cs.account_rollup($2) as family),
    'child_count', (
        select count(*) from cs.accounts as child where child.tenant_id = $1 and child.parent_id = $2
    ),
    'children', (
        select coalesce(jsonb_agg(to_jsonb(child) order by child.arr desc nulls last, child.name), '[]')
        from (
            select
                below.id, below.name, below.status, below.current_stage, below.arr, health.overall_score, health.risk_level
            from cs.accounts as below
            left join cs.health_scores as health
                on health.tenant_id = below.tenant_id and health.account_id = below.id and health.is_current
            where below.tenant_id = $1 and below.parent_id = $2
            order by below.arr desc nulls last, below.name
            limit 50
        ) as child
    ),
    'timeline', (
        select coalesce(
            jsonb_agg(
                to_jsonb(event) - array['tenant_id', 'account_id', 'account_name', 'hierarchy_path']
                order by event.at desc, event.event_key collate "C" desc
            ),
            '[]'
        )
        from cs.family_timeline($2, page_size => 20) as event
    ),
    'deliveries', (
        select coalesce(jsonb_agg(to_jsonb(open) order by open.created_at desc), '[]')
        from (
            select
                delivery.id, delivery.playbook_id, delivery.playbook_name, delivery.channel, delivery.status,
                delivery.waits_for, delivery.waits_because, delivery.attempts, delivery.max_attempts, delivery.next_try_at,
                delivery.run_at, delivery.response_status, delivery.last_error, delivery.created_at
            from cs.webhook_deliveries as delivery
            where delivery.tenant_id = $1 and delivery.account_id = $2 and delivery.status <> 'completed'
            order by delivery.created_at desc
            limit 20
        ) as open
    )
) as it
from cs.account_overview as overview
where overview.tenant_id = $1 and overview.id = $2
