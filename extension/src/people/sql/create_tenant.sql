with person as (
    insert into cs.users (email, encrypted_password, password_changed_at)
    values ($3, $5, now())
    on conflict (email) do nothing
    returning id
), tenant as (
    insert into cs.tenants (slug, name)
    select $1, $2
    from person
    on conflict (slug) do nothing
    returning id
)
insert into cs.profiles (tenant_id, user_id, full_name, role)
select tenant.id, person.id, $4, 'Tenant Admin'
from tenant, person
returning tenant_id
