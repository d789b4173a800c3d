-- Owns what names a stage, a member or a custom field: to be looked at before one goes, and told once it is gone.

create or replace function cs.named_by(subject uuid)
returns table (kind text, id uuid, name text)
language sql stable
begin atomic
    with sought as materialized (
        select
            account_field.tenant_id as field_tenant_id,
            coalesce('"' || account_field.name || '"', named_by.subject::text) as text
        from (select) as it
        left join (
            select field.tenant_id, 'crm_attributes.' || field.key as name
            from cs.custom_fields as field
            where field.id = named_by.subject
        ) as account_field on true
    ), naming as (
        select view.tenant_id, 'saved_view' as kind, view.id, view.name, view.criteria::text as text
        from cs.saved_views as view
        union all
        select playbook.tenant_id, 'playbook' as kind, playbook.id, playbook.name, playbook.trigger_criteria::text || playbook.actions::text as text
        from cs.playbooks as playbook
        where playbook.deleted_at is null
        union all
        select model.tenant_id, 'cap' as kind, model.id, cap.it ->> 'reason' as name, (cap.it -> 'when')::text as text
        from cs.health_models as model
        cross join lateral jsonb_array_elements(model.caps) as cap (it)
        where not exists (
            select from cs.health_models as later where later.tenant_id = model.tenant_id and later.version > model.version
        )
        union all
        select milestone.tenant_id, 'milestone' as kind, milestone.id, milestone.title as name, milestone.criteria::text as text
        from cs.stage_milestones as milestone
        where milestone.is_active
    )
    select naming.kind, naming.id, naming.name
    from sought
    join naming on strpos(naming.text, sought.text) > 0
    where naming.tenant_id = coalesce(sought.field_tenant_id, naming.tenant_id)
    order by naming.kind, naming.name, naming.id;
end;

alter function cs.named_by(uuid) owner to cs_owner;
revoke execute on function cs.named_by(uuid) from public;
comment on function cs.named_by(uuid) is
    'What names this stage, member or custom field in its criteria, of what the caller sees: kind (saved_view, playbook, cap, milestone), id (of a cap: of the version of the health model), name (of a cap: its reason). Nothing for an id that nothing names.';
