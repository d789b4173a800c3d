-- Opens another session of the same person, in that tenant, that expires then; the current one ends.
select cs.renew_session(
    jti => $1::pg_catalog.text::pg_catalog.uuid,
    tenant_id => $2::pg_catalog.text::pg_catalog.uuid,
    expires_at => pg_catalog.to_timestamp($3::pg_catalog.text::pg_catalog.float8)
)::pg_catalog.text
