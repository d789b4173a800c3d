update cs.tenants
set name = coalesce($2, name),
    settings = jsonb_strip_nulls(settings || $3)
where id = $1
returning jsonb_build_object('id', id, 'slug', slug, 'name', name, 'settings', settings) as tenant
