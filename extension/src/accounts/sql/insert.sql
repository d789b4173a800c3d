-- $1 tenant; $2 name, $3 external_id, $4 parent_id, $5 csm_id, $6 status, $7 current_stage, $8 crm_attributes as text.
insert into cs.accounts (tenant_id, name, external_id, parent_id, csm_id, status, current_stage, crm_attributes)
select
    $1, wanted.name, wanted.external_id, wanted.parent_id::uuid, wanted.csm_id::uuid,
    coalesce(wanted.status, 'Active')::cs.account_status, wanted.current_stage,
    coalesce(wanted.crm_attributes, '{}')::jsonb
from unnest($2, $3, $4, $5, $6, $7, $8)
    as wanted (name, external_id, parent_id, csm_id, status, current_stage, crm_attributes)
on conflict (tenant_id, external_id) do nothing
returning external_id, id
