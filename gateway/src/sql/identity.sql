-- Who this transaction is for. Sent before the role is switched; only the gateway's own role may set these.
select
    pg_catalog.set_config('app.current_user_id', $1::pg_catalog.text, true),
    pg_catalog.set_config('app.current_tenant_id', $2::pg_catalog.text, true),
    pg_catalog.set_config('app.client_id', $3::pg_catalog.text, true),
    pg_catalog.set_config('statement_timeout', $4::pg_catalog.text, true)
