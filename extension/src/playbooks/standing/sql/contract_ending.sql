-- $1 tenant, $2 accounts or NULL for all, $3 days.
select
    account.id as account_id,
    account.contract_end_date::text as subject,
    jsonb_build_object(
        'days', $3, 'contract_end_date', account.contract_end_date, 'days_to_renewal', renewal.days
    ) as event,
    false as stale,
    false as uncertain
from cs.tenants as tenant
join cs.accounts as account on account.tenant_id = tenant.id
cross join lateral (
    select cs.days_to_renewal(account.contract_end_date, tenant.settings, now()) as days
) as renewal
where tenant.id = $1
    and ($2::uuid[] is null or account.id = any ($2))
    and renewal.days between 0 and $3
