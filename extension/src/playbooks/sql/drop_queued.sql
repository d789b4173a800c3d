-- $1 tenant, $2 playbook, $3 why.
with dropped as (
    update cs.webhook_queue
    set status = 'failed', held = null, processed_at = clock_timestamp(), last_error = $3
    where tenant_id = $1 and playbook_id = $2 and status = 'pending' and not is_test
    returning 1
)
select count(*) as dropped from dropped
