-- Owns the accounts behind the tiles of the executive page, as they are and as they were.

create or replace view cs.lost_stays
with (security_invoker = true) as
select stay.tenant_id, stay.account_id, stay.entered_at as since, stay.exited_at as until
from cs.journey_stages as stage
join cs.counted_stays as stay on stay.tenant_id = stage.tenant_id and stay.to_stage = stage.name
where stage.is_end;

alter view cs.lost_stays owner to cs_owner;
comment on view cs.lost_stays is 'When accounts were lost: their stays in an end stage.';
comment on column cs.lost_stays.until is 'When it came back; NULL: it is lost now.';

create or replace view cs.first_arr
with (security_invoker = true) as
select history.tenant_id, history.account_id, min(history.valid_from) as since
from cs.arr_history as history
where history.arr > 0
group by history.tenant_id, history.account_id;

alter view cs.first_arr owner to cs_owner;
comment on view cs.first_arr is 'Since when each account has paid: a customer of years that was loaded yesterday has been one for years. No row: it never paid.';
comment on column cs.first_arr.since is 'When its first ARR above 0 began.';

-- Only executive_dashboard uses it.
create or replace function cs.executive_accounts(criteria jsonb, since timestamptz)
returns table (
    tenant_id uuid,
    account_id uuid,
    name text,
    status cs.account_status,
    is_now boolean,
    was_there boolean,
    arr numeric,
    days_to_renewal integer,
    days_to_renewal_before integer,
    overall_score integer,
    risk_level text,
    band text,
    score_before integer,
    band_before text
)
language sql stable rows 10000
begin atomic
    with asked as materialized (
        select
            cs.dashboard_criteria(executive_accounts.criteria, null) as of_now,
            cs.retention_criteria(executive_accounts.criteria) as of_then,
            -- Worked out here, so that it is a value that an index under row security can be asked for.
            executive_accounts.since - interval '1 microsecond' as just_before
    )
    select
        account.tenant_id,
        account.id,
        account.name,
        account.status,
        account.is_now,
        account.was_there,
        counted.arr,
        cs.days_to_renewal(account.contract_end_date, account.settings, now()),
        cs.days_to_renewal(account.contract_end_date, account.settings, executive_accounts.since),
        health.overall_score,
        health.risk_level::text,
        cs.health_band(account.status, health.risk_level::text, health.confidence),
        earlier.overall_score,
        cs.health_band(account.status, earlier.risk_level::text, earlier.confidence)
    from (
        select
            it.tenant_id, it.id, it.name, it.status, it.contract_end_date, tenant.settings,
            it.id in (select cs.matching_accounts((select asked.of_now from asked))) as is_now,
            least(it.created_at, paid.since) < executive_accounts.since
                and (
                    (select asked.of_then is null from asked)
                    or it.id in (select cs.matching_accounts((select asked.of_then from asked)))
                )
                and it.id not in (
                    select lost.account_id
                    from cs.lost_stays as lost
                    where lost.tenant_id = cs.current_tenant_id()
                        and lost.since < executive_accounts.since
                        and (lost.until is null or lost.until >= executive_accounts.since)
                ) as was_there
        from cs.tenants as tenant
        join cs.accounts as it on it.tenant_id = tenant.id
        left join cs.first_arr as paid on paid.tenant_id = it.tenant_id and paid.account_id = it.id
        where tenant.id = cs.current_tenant_id()
        -- With offset both flags are worked out once, not where they are asked for and where they are shown.
        offset 0
    ) as account
    join cs.counted_arr as counted on counted.tenant_id = account.tenant_id and counted.account_id = account.id
    left join cs.health_scores as health
        on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current
    cross join asked
    left join lateral cs.score_at(account.tenant_id, account.id, asked.just_before) as earlier on true
    where account.is_now or account.was_there;
end;

alter function cs.executive_accounts(jsonb, timestamptz) owner to cs_owner;
revoke execute on function cs.executive_accounts(jsonb, timestamptz) from public;
comment on function cs.executive_accounts(jsonb, timestamptz) is
    'Internal: the accounts of the own tenant that the executive page covers: is_now, those that meet criteria as dashboard_criteria reads them; was_there, those that were customers just before an earlier moment and meet criteria as retention_criteria reads them, those lost since included.';
