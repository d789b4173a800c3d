select jsonb_build_object(
    'user_id', person.id,
    'email', person.email,
    'full_name', profile.full_name,
    'role', $3,
    'permissions', to_jsonb($4),
    'tenant', (
        select jsonb_build_object('id', tenant.id, 'slug', tenant.slug, 'name', tenant.name, 'settings', tenant.settings)
        from cs.tenants as tenant
        where tenant.id = $2
    ),
    'tenants', (
        select coalesce(
            jsonb_agg(
                jsonb_build_object('id', tenant.id, 'slug', tenant.slug, 'name', tenant.name, 'role', membership.role)
                order by tenant.name, tenant.id
            ),
            '[]'
        )
        from cs.profiles as membership
        join cs.tenants as tenant on tenant.id = membership.tenant_id
        where membership.user_id = person.id and membership.is_active and tenant.is_active
    )
) as me
from cs.users as person
left join cs.profiles as profile on profile.user_id = person.id and profile.tenant_id = $2
where person.id = $1
