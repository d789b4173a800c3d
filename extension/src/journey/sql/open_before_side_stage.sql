-- $1 tenant, $2 account, $3 display_order of the stage to enter. A milestone made after the account left its stage holds no one
-- back.
select milestone.id, milestone.title
from (
    select stage.id, stage.display_order, stay.exited_at
    from cs.journey_history as stay
    join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
    where stay.tenant_id = $1
        and stay.account_id = $2
        and stay.exited_at is not null
        and not stay.is_undone
        and not stage.is_side
        and not stage.is_end
    order by stay.entered_at desc, stay.id desc
    limit 1
) as last
join cs.stage_milestones as milestone
    on milestone.tenant_id = $1
    and milestone.stage_id = last.id
    and milestone.is_required
    and milestone.is_active
    and milestone.created_at <= last.exited_at
where last.display_order < $3
    and not exists (
        select from cs.account_milestones as done_or_waived
        where done_or_waived.tenant_id = milestone.tenant_id
            and done_or_waived.account_id = $2
            and done_or_waived.milestone_id = milestone.id
    )
order by milestone.display_order, milestone.title
