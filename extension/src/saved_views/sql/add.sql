-- $1 tenant, $2 the view, checked.
insert into cs.saved_views as it (tenant_id, page, name, criteria, settings, is_shared)
values (
    $1,
    $2 ->> 'page',
    $2 ->> 'name',
    nullif($2 -> 'criteria', 'null'),
    coalesce($2 -> 'settings', '{}'),
    coalesce(($2 ->> 'is_shared')::boolean, false)
)
returning to_jsonb(it) as it
