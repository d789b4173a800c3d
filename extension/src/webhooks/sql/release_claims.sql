update cs.webhook_queue
set status = case when attempts >= max_attempts then 'failed' else 'pending' end::cs.webhook_status,
    processed_at = case when attempts >= max_attempts then clock_timestamp() end,
    last_error = 'the worker ended while this was under way',
    claim_token = null
where status = 'processing'
