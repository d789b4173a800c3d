-- Owns the other accounts themselves. Parents come first ($1 false), because a child looks its parent up.
insert into cs.accounts (
    tenant_id, id, name, external_id, parent_id, current_stage, csm_id, crm_attributes, created_at
)
select
    it.tenant_id, it.id, it.name, it.external_id, parent.id,
    -- Lost accounts are moved to the end stage last.
    case it.stage when 'Churned' then it.path[cardinality(it.ends) - 1] else it.stage end,
    it.csm_id,
    jsonb_strip_nulls(jsonb_build_object(
        'arr', it.arr,
        'industry', it.industry,
        -- For every fifth the CRM does not have the seats; its usage says them.
        'seats', case when it.tells_seats and it.number % 5 > 0 then it.seats end,
        'contract_end_date', current_date + it.contract_days
    )),
    now() - it.ends[cardinality(it.ends)] * interval '24 hours'
from pg_temp.sample_crowd as it
left join pg_temp.sample_crowd as parent on parent.number = it.parent
where (it.parent is not null) = $1
order by it.number
