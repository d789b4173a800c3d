-- $1 tenant, $2 external ids, $3 types, $4 numbers, $5 metadata, $6 moments, $7 event ids
insert into cs.unknown_usage (tenant_id, external_id, metric_type, metric_value, metadata, recorded_at, event_id)
select
    $1, given.external_id, given.metric_type::cs.metric_type, given.metric_value::numeric, given.metadata::jsonb, given.recorded_at,
    given.event_id
from unnest($2, $3, $4, $5, $6, $7) with ordinality
    as given (external_id, metric_type, metric_value, metadata, recorded_at, event_id, place)
where not exists (
    select
    from cs.usage_metrics as known
    where known.tenant_id = $1 and known.event_id = given.event_id
)
order by given.place
on conflict (tenant_id, event_id) where ended_at is null do nothing
