insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at, event_id)
select
    unnest($1), unnest($2), unnest($3)::cs.metric_type, unnest($4)::numeric, unnest($5)::jsonb, unnest($6), unnest($7)
on conflict (tenant_id, event_id) do nothing
