, figures as (
    select
        sorted.tenant_id,
        sorted.stage_id,
        count(*) as accounts,
        sum(sorted.arr) as arr,
        round((percentile_cont(0.5) within group (order by sorted.seconds) / 86400)::numeric, 1) as median_days,
        count(sorted.over_seconds) as overdue
    from sorted
    group by sorted.tenant_id, sorted.stage_id
), shown as (
    select
        card.stage_id,
        jsonb_agg(card.it order by card.place) as cards,
        max(card.place_in_order) filter (where card.place = $3) as last
    from card
    group by card.stage_id
)
select jsonb_build_object(
    'version', cs.stages_version(),
    'columns', coalesce(
        jsonb_agg(
            jsonb_build_object(
                'stage_id', stage.id,
                'stage', stage.name,
                'color_hex', stage.color_hex,
                'is_side', stage.is_side,
                'is_end', stage.is_end,
                'wip_limit', stage.wip_limit,
                'target_duration_days', stage.target_duration_days,
                'count', coalesce(figures.accounts, 0),
                'arr', coalesce(figures.arr, 0),
                'median_days', figures.median_days,
                'overdue', coalesce(figures.overdue, 0),
                'cards', coalesce(shown.cards, '[]'),
                'next', case when figures.accounts > $3 then shown.last end
            )
            order by stage.tenant_id, stage.display_order, stage.name
        ),
        '[]'
    )
) as it
from cs.journey_stages as stage
left join figures on figures.tenant_id = stage.tenant_id and figures.stage_id = stage.id
left join shown on shown.stage_id = stage.id
where stage.is_active or figures.accounts > 0
