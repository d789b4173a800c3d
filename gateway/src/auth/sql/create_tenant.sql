select cs.create_tenant(
    slug => $1::pg_catalog.text,
    name => $2::pg_catalog.text,
    admin_email => $3::pg_catalog.text,
    admin_name => $4::pg_catalog.text,
    password_hash => $5::pg_catalog.text
)::pg_catalog.text
