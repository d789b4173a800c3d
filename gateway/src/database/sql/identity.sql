-- Checks that the session is still valid (it raises 28000 if not), and states who this transaction is for. Sent before
-- the role is switched; only the gateway's own role may set these.
select
    pg_catalog.set_config('app.current_user_id', $2::pg_catalog.text, true),
    pg_catalog.set_config('app.current_tenant_id', $3::pg_catalog.text, true),
    pg_catalog.set_config('app.client_id', $4::pg_catalog.text, true),
    pg_catalog.set_config('statement_timeout', $5::pg_catalog.text, true)
from cs.check_session($1::pg_catalog.text::pg_catalog.uuid)
