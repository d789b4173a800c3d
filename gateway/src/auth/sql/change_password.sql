-- Replaces the hash that was verified with a new one, and all sessions of the person with one that expires then.
select cs.change_password(
    jti => $1::pg_catalog.text::pg_catalog.uuid,
    old_hash => $2::pg_catalog.text,
    new_hash => $3::pg_catalog.text,
    expires_at => pg_catalog.to_timestamp($4::pg_catalog.text::pg_catalog.float8)
)::pg_catalog.text
