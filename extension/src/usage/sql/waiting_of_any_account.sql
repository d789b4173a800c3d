-- What waits for an account that is there.
with due as materialized (
    select waiting.*, account.id as account_id
    from cs.unknown_usage as waiting
    join cs.accounts as account on account.tenant_id = waiting.tenant_id and account.external_id = waiting.external_id
    where waiting.ended_at is null
    limit 1000
    for update of waiting skip locked
)
