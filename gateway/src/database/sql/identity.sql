-- Checks that the session is still valid (it raises 28000 if not), and states who this transaction is for. Sent before
-- the role is switched; only the gateway's own role may set these.
select
    pg_catalog.set_config(app.prefix || 'current_user_id', $2::pg_catalog.text, true),
    pg_catalog.set_config(app.prefix || 'current_tenant_id', $3::pg_catalog.text, true),
    pg_catalog.set_config(app.prefix || 'client_id', $4::pg_catalog.text, true),
    pg_catalog.set_config('statement_timeout', $5::pg_catalog.text, true)
from cs.check_session($1::pg_catalog.text::pg_catalog.uuid)
cross join (
    -- Settled when the server starts.
    select coalesce(pg_catalog.current_setting('customer_success.identity_prefix', true), 'app') || '.' as prefix
) as app
