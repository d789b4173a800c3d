-- $1 criteria, NULL for all accounts; $2 the order; $3 how many cards; $4 the stage, NULL for all.
with sorted as materialized (
    select
        stay.tenant_id,
        stay.stage_id,
        stay.history_id,
        stay.since,
        stay.seconds,
        stay.over_seconds,
        account.id,
        account.name,
        counted.arr,
        coalesce(
            case $2
                when 'overdue' then extract(epoch from stay.since)
                when 'arr' then - account.arr
                when 'score' then health.overall_score
                when 'renewal' then account.contract_end_date - date '2000-01-01'
                else 0
            end,
            'Infinity'
        ) as rank
    from cs.accounts as account
    join cs.current_stays as stay on stay.tenant_id = account.tenant_id and stay.account_id = account.id
    join cs.counted_arr as counted on counted.tenant_id = account.tenant_id and counted.account_id = account.id
    left join cs.health_scores as health
        on $2 = 'score'
        and health.tenant_id = account.tenant_id
        and health.account_id = account.id
        and health.is_current
    where ($1::text is null or account.id in (select cs.matching_accounts($1::jsonb)))
        and ($4::uuid is null or stay.stage_id = $4)
),
