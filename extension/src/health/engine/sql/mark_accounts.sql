-- <new> and <old>: the columns that a score or a cap may depend on, of either row, without attributes.
with asked as (
    select
        new.tenant_id, new.id,
        new.crm_attributes -> 'seats' is distinct from old.crm_attributes -> 'seats'
            or (new.status = 'Churned') <> (old.status = 'Churned') as is_scored,
        new.crm_attributes is distinct from old.crm_attributes as has_attributes,
        (<new>) is distinct from (<old>) as has_others
    from new_rows as new
    join old_rows as old on old.tenant_id = new.tenant_id and old.id = new.id
)
insert into cs.health_dirty (tenant_id, account_id, by_usage)
select asked.tenant_id, asked.id, false
from asked
where asked.is_scored
    or (asked.has_attributes or asked.has_others) and exists (
        select
        from (
            select model.caps
            from cs.health_models as model
            where model.tenant_id = asked.tenant_id
            order by model.version desc
            limit 1
        ) as model
        cross join lateral jsonb_path_query(model.caps, '$[*] ? (!(@.is_active == false)).when.**.field') as field (name)
        cross join lateral (
            select field.name #>> '{}' ~ '^(crm_attributes[.].*|arr|industry|contract_end_date|days_to_renewal)$' as is_attribute
        ) as of
        where of.is_attribute and asked.has_attributes or not of.is_attribute and asked.has_others
            and field.name #>> '{}' in (
                'id', 'parent', 'name', 'external_id', 'status', 'stage', 'stage_state', 'days_in_stage', 'csm',
                'hierarchy_level'
            )
    )
returning 1 as marked
