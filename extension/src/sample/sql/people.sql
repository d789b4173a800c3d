with acme as (
    insert into cs.tenants (slug, name) values ('acme', 'Acme Corporation') returning id
), people as (
    insert into cs.users (email, encrypted_password, email_verified_at, password_changed_at)
    values ('admin@acme.com', $1, now(), now()), ('bob@acme.com', $1, now(), now())
    returning id, email
)
insert into cs.profiles (tenant_id, user_id, full_name, role)
select acme.id, people.id, who.full_name, who.role::cs.member_role
from acme
cross join people
join (values
    ('admin@acme.com', 'Alice Administrator', 'Tenant Admin'),
    ('bob@acme.com', 'Bob Builder', 'Practitioner')
) as who (email, full_name, role) on who.email = people.email
