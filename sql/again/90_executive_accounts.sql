-- Owns the accounts behind the tiles of the executive page, as they are and as they were.

-- Only executive_dashboard uses it.
create or replace function cs.executive_accounts(criteria jsonb, since timestamptz)
returns table (
    tenant_id uuid,
    account_id uuid,
    name text,
    status cs.account_status,
    is_old boolean,
    entered_arr numeric,
    arr numeric,
    days_to_renewal integer,
    days_to_renewal_before integer,
    overall_score integer,
    risk_level text,
    confidence text,
    score_before integer,
    risk_level_before text,
    confidence_before text
)
language sql stable rows 10000
begin atomic
    select
        account.tenant_id,
        account.id,
        account.name,
        account.status,
        account.created_at <= since,
        account.arr,
        counted.arr,
        cs.days_to_renewal(account.contract_end_date, tenant.settings, now()),
        cs.days_to_renewal(account.contract_end_date, tenant.settings, since),
        health.overall_score,
        coalesce(health.risk_level::text, 'No data'),
        health.confidence,
        earlier.overall_score,
        coalesce(earlier.risk_level::text, 'No data'),
        earlier.confidence
    from cs.tenants as tenant
    -- A join and not `in`: each id is found once, and this many are better hashed than looked up.
    cross join cs.matching_accounts(cs.dashboard_criteria(executive_accounts.criteria, null)) as meeting (account_id)
    join cs.accounts as account on account.tenant_id = tenant.id and account.id = meeting.account_id
    join cs.counted_arr as counted on counted.tenant_id = account.tenant_id and counted.account_id = account.id
    left join cs.health_scores as health
        on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current
    left join lateral cs.score_at(account.tenant_id, account.id, executive_accounts.since) as earlier on true
    where tenant.id = cs.current_tenant_id();
end;

alter function cs.executive_accounts(jsonb, timestamptz) owner to cs_owner;
revoke execute on function cs.executive_accounts(jsonb, timestamptz) from public;
comment on function cs.executive_accounts(jsonb, timestamptz) is
    'Internal: the accounts of the own tenant that the executive page covers, now and at an earlier moment.';
