-- $1 tenant, $3 moment. A condition over $2 may follow.
select
    account.id as account_id,
    account.id::text,
    account.parent_id::text as parent,
    account.name,
    account.external_id,
    account.crm_attributes ->> 'industry' as industry,
    account.status::text,
    stage.id::text as stage,
    cs.stage_state(extract(epoch from $3 - stay.entered_at), stage.target_duration_days) as stage_state,
    account.csm_id::text as csm,
    account.arr::text,
    cs.days_between(stay.entered_at, $3)::text as days_in_stage,
    cs.days_to_renewal(account.contract_end_date, tenant.settings, $3)::text as days_to_renewal,
    account.hierarchy_level::text,
    account.contract_end_date::text,
    account.crm_attributes
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id
join cs.journey_stages as stage on stage.tenant_id = account.tenant_id and stage.name = account.current_stage
-- With limit it is looked up for each account, also by a plan made while the tables were empty.
left join lateral (
    select open.entered_at
    from cs.counted_stays as open
    where open.tenant_id = account.tenant_id and open.account_id = account.id and open.exited_at is null
    limit 1
) as stay on true
where account.tenant_id = $1
