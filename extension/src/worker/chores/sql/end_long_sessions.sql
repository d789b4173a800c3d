-- $1 seconds. Whoever may become a linked role counts as one: SET ROLE changes who a session acts for, not who it is.
with linked as (
    select role.oid
    from cs.database_logins as login
    join pg_catalog.pg_roles as role on role.rolname = login.role_name
), long as (
    select session.pid, role.rolname as role, extract(epoch from clock_timestamp() - session.xact_start)::bigint as seconds
    from pg_catalog.pg_stat_activity as session
    join pg_catalog.pg_roles as role on role.oid = session.usesysid
    where session.datname = pg_catalog.current_database()
        and session.backend_type = 'client backend'
        and session.xact_start < clock_timestamp() - $1 * interval '1 second'
        and not role.rolsuper
        and not role.rolbypassrls
        and exists (select from linked where pg_catalog.pg_has_role(role.oid, linked.oid, 'member'))
)
select role::text, seconds
from long
where pg_catalog.pg_terminate_backend(pid)
