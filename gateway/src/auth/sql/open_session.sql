-- Opens a session of this person that expires then; the database chooses the tenant it works in.
select cs.open_session(
    user_id => $1::pg_catalog.text::pg_catalog.uuid,
    tenant_id => null,
    expires_at => pg_catalog.to_timestamp($2::pg_catalog.text::pg_catalog.float8)
)::pg_catalog.text
