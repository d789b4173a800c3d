-- $1 tenant, $2 account, $3 name of its current stage.
select stage.name
from cs.journey_history as stay
join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
where stay.tenant_id = $1
    and stay.account_id = $2
    and stay.exited_at is not null
    and not stay.is_undone
    and stage.name <> $3
    and stage.is_active
    and not stage.is_end
order by stay.entered_at desc, stay.id desc
limit 1
