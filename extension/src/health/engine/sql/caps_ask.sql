-- $1 tenant: the fields of the account itself that caps of its model ask about. As in mark_accounts.sql.
select
from (
    select model.caps
    from cs.health_models as model
    where model.tenant_id = $1
    order by model.version desc
    limit 1
) as model
cross join lateral jsonb_path_query(model.caps, '$[*] ? (!(@.is_active == false)).when.**.field') as field (name)
where field.name #>> '{}' in (
    'id', 'parent', 'name', 'external_id', 'status', 'stage', 'stage_state', 'days_in_stage', 'csm', 'hierarchy_level'
)
