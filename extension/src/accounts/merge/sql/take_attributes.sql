-- $1 tenant, $2 account to keep, $3 merged: fills what is empty there from here; returns the names of it.
with pair as (
    select keep.csm_id, keep.crm_attributes, merged.csm_id as other_csm_id, merged.crm_attributes as others, merged.created_at
    from cs.accounts as keep
    join cs.accounts as merged on merged.tenant_id = keep.tenant_id and merged.id = $3
    where keep.tenant_id = $1 and keep.id = $2
), lacking as (
    select other.key, other.value
    from pair
    cross join lateral jsonb_each(pair.others) as other
    where other.value not in ('null', '""')
        and coalesce(pair.crm_attributes -> other.key, 'null') in ('null', '""')
), filled as (
    update cs.accounts as keep
    set csm_id = coalesce(keep.csm_id, pair.other_csm_id),
        crm_attributes = keep.crm_attributes || (select coalesce(jsonb_object_agg(lacking.key, lacking.value), '{}') from lacking),
        created_at = least(keep.created_at, pair.created_at)
    from pair
    where keep.tenant_id = $1 and keep.id = $2
)
select 'csm_id' as name
from pair
where pair.csm_id is null and pair.other_csm_id is not null
union all
(select 'crm_attributes.' || lacking.key from lacking order by lacking.key)
