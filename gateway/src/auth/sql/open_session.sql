-- A session of this person until then; which tenant it works in is the database's choice.
select cs.open_session(
    user_id => $1::pg_catalog.text::pg_catalog.uuid,
    tenant_id => null,
    expires_at => pg_catalog.to_timestamp($2::pg_catalog.text::pg_catalog.float8)
)::pg_catalog.text
