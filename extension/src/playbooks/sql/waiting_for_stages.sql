-- $1 kinds of event. As waiting.sql, without the playbooks that wait for a stage no account has left or entered now.
select playbook.tenant_id, playbook.id, playbook.version, playbook.xmin::text::bigint as written_by
from cs.playbooks as playbook
where playbook.is_active
    and playbook.paused_at is null
    and playbook.deleted_at is null
    and playbook.event_kind = any ($1)
    and playbook.tenant_id = any (array(
        select tenant.id
        from cs.tenants as tenant
        where tenant.is_active and tenant.id = any (array(select distinct tenant_id from new_rows))
    ))
    and (
        playbook.event_stage is null
        or playbook.event_stage = any (array(
            select stage.id::text
            from new_rows as new
            join cs.journey_stages as stage
                on stage.tenant_id = new.tenant_id and stage.name in (new.from_stage, new.to_stage)
        ))
    )
order by playbook.tenant_id, playbook.id
