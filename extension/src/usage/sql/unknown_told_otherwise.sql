-- $1 tenant, $2 external ids, $3 types, $4 numbers, $5 metadata, $6 moments, NULL where none was told, $7 event ids. The places, from 1,
-- of those whose event is known with other content: of an account that is known it is another account's.
select given.place
from unnest($2, $3, $4, $5, $6, $7) with ordinality
    as given (external_id, metric_type, metric_value, metadata, recorded_at, event_id, place)
where exists (
    select
    from cs.usage_metrics as known
    where known.tenant_id = $1 and known.event_id = given.event_id
)
or exists (
    select
    from cs.unknown_usage as known
    where known.tenant_id = $1
        and known.event_id = given.event_id
        and known.ended_at is null
        and (
            known.external_id <> given.external_id
            or known.metric_type::text <> given.metric_type
            or known.metric_value <> given.metric_value::numeric
            or known.metadata <> given.metadata::jsonb
            or known.recorded_at <> given.recorded_at
        )
)
order by given.place
