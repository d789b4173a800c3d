-- $1 tenant, $2 id, $3 what changes, checked. What is absent stays as it is.
update cs.saved_views as it
set
    page = coalesce($3 ->> 'page', it.page),
    name = coalesce($3 ->> 'name', it.name),
    criteria = case when $3 ? 'criteria' then nullif($3 -> 'criteria', 'null') else it.criteria end,
    settings = coalesce($3 -> 'settings', it.settings),
    is_shared = coalesce(($3 ->> 'is_shared')::boolean, it.is_shared)
where it.tenant_id = $1 and it.id::text = $2
returning to_jsonb(it) as it
