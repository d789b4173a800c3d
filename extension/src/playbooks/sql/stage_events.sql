select
    new.id, new.tenant_id, new.account_id, new.from_stage, new.to_stage,
    stage_left.id::text as from_stage_id,
    stage.id::text as to_stage_id,
    stage.is_end as to_is_end,
    new.resumes is not null as is_undo
from new_rows as new
join cs.journey_stages as stage on stage.tenant_id = new.tenant_id and stage.name = new.to_stage
left join cs.journey_stages as stage_left on stage_left.tenant_id = new.tenant_id and stage_left.name = new.from_stage
where new.exited_at is null
order by new.entered_at, new.id
