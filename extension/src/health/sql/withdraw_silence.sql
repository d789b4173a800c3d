-- $1 tenant, $2 type, $3 who: what still stands, since no row of the type has come
update cs.feed_silences as silence
set withdrawn_at = greatest(now(), silence.accepted_at), withdrawn_by = $3
where silence.tenant_id = $1
    and silence.metric_type = $2::text::cs.metric_type
    and silence.withdrawn_at is null
    and not exists (
        select
        from cs.usage_metrics as metric
        where metric.tenant_id = silence.tenant_id
            and metric.metric_type = silence.metric_type
            and metric.recorded_at > silence.accepted_at
            and metric.recorded_at <= now()
    )
returning silence.id
