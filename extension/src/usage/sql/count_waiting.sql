, counted as (
    insert into cs.usage_metrics (tenant_id, id, account_id, metric_type, metric_value, metadata, recorded_at, event_id)
    select due.tenant_id, due.id, due.account_id, due.metric_type, due.metric_value, due.metadata, due.recorded_at, due.event_id
    from due
    order by due.event_id, due.tenant_id
    on conflict (tenant_id, event_id) do nothing
    returning tenant_id, id
), moved as (
    delete from cs.unknown_usage as waiting
    using counted
    where waiting.tenant_id = counted.tenant_id and waiting.id = counted.id
), known as (
    update cs.unknown_usage as waiting
    set ended_at = now(), reason = 'another event with its event_id has counted'
    from due
    where waiting.tenant_id = due.tenant_id
        and waiting.id = due.id
        and not exists (
            select
            from counted
            where counted.tenant_id = due.tenant_id and counted.id = due.id
        )
)
select count(*) as rows
from due
