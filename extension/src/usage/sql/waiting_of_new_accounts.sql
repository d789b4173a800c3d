-- What waits for the accounts that a statement wrote.
with due as materialized (
    select waiting.*, account.id as account_id
    from new_rows as account
    join cs.unknown_usage as waiting
        on waiting.tenant_id = account.tenant_id and waiting.external_id = account.external_id and waiting.ended_at is null
    for update of waiting
)
