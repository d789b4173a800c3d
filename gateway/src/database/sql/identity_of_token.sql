-- The same for an API token: its owner and tenant are what the database says (it raises 28000 if there is none).
select
    pg_catalog.set_config(app.prefix || 'current_user_id', holder.user_id::pg_catalog.text, true),
    pg_catalog.set_config(app.prefix || 'current_tenant_id', holder.tenant_id::pg_catalog.text, true),
    pg_catalog.set_config(app.prefix || 'client_id', $2::pg_catalog.text, true),
    pg_catalog.set_config('statement_timeout', $3::pg_catalog.text, true)
from cs.check_token($1::pg_catalog.text) as holder
cross join (
    -- Settled when the server starts.
    select coalesce(pg_catalog.current_setting('customer_success.identity_prefix', true), 'app') || '.' as prefix
) as app
