-- Keys as criteria call the fields.
select
    cs.uuid_v7() as id,
    new.tenant_id,
    new.id as account_id,
    jsonb_build_object(
        'name', old.name, 'external_id', old.external_id, 'parent', old.parent_id, 'csm', old.csm_id, 'status', old.status,
        'arr', old.arr, 'contract_end_date', old.contract_end_date, 'industry', old.crm_attributes ->> 'industry',
        'crm_attributes', old.crm_attributes
    ) as before,
    jsonb_build_object(
        'name', new.name, 'external_id', new.external_id, 'parent', new.parent_id, 'csm', new.csm_id, 'status', new.status,
        'arr', new.arr, 'contract_end_date', new.contract_end_date, 'industry', new.crm_attributes ->> 'industry',
        'crm_attributes', new.crm_attributes
    ) as after
from new_rows as new
join old_rows as old on old.tenant_id = new.tenant_id and old.id = new.id
where (old.name, old.external_id, old.parent_id, old.csm_id, old.status, old.crm_attributes)
    is distinct from (new.name, new.external_id, new.parent_id, new.csm_id, new.status, new.crm_attributes)
order by new.id
