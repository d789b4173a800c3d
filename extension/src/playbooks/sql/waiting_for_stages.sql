-- As waiting.sql, without the playbooks that wait for a stage no account has entered now.
select tenant_id, id, name, version, trigger_criteria, cooldown_minutes, max_executions_per_day
from cs.playbooks
where is_active
    and deleted_at is null
    and trigger_criteria -> 'event' ->> 'kind' = $1
    and tenant_id = any (array(select distinct tenant_id from new_rows))
    and coalesce(
        trigger_criteria -> 'event' ->> 'stage' = any (array(
            select stage.id::text
            from new_rows as new
            join cs.journey_stages as stage on stage.tenant_id = new.tenant_id and stage.name = new.to_stage
        )),
        true
    )
order by tenant_id, id
