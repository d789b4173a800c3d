-- $1 tenant: a string that changes with any of its stages, and the stages.
select
    md5(coalesce(string_agg(stage::text, '|' order by stage.id), '')) as version,
    coalesce(jsonb_agg(to_jsonb(stage) order by stage.display_order, stage.name), '[]') as stages
from cs.journey_stages as stage
where stage.tenant_id = $1
