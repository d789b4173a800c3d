-- $1 tenants, $2 event ids, $3 accounts, $4 types, $5 numbers, $6 metadata, $7 moments, NULL where none was told. The places, from 1, of
-- those whose event is known with other content.
select given.place
from unnest($1, $2, $3, $4, $5, $6, $7) with ordinality
    as given (tenant_id, event_id, account_id, metric_type, metric_value, metadata, recorded_at, place)
join cs.usage_metrics as known on known.tenant_id = given.tenant_id and known.event_id = given.event_id
where known.account_id <> given.account_id
    or known.metric_type::text <> given.metric_type
    or known.metric_value <> given.metric_value::numeric
    or known.metadata <> given.metadata::jsonb
    or known.recorded_at <> given.recorded_at
order by given.place
