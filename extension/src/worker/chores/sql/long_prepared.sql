-- $1 seconds
select prepared.gid, prepared.owner::text as role, extract(epoch from clock_timestamp() - prepared.prepared)::bigint as seconds
from pg_catalog.pg_prepared_xacts as prepared
join pg_catalog.pg_roles as role on role.rolname = prepared.owner
where prepared.database = pg_catalog.current_database()
    and prepared.prepared < clock_timestamp() - $1 * interval '1 second'
    and not role.rolsuper
    and not role.rolbypassrls
    and exists (
        select
        from cs.database_logins as login
        join pg_catalog.pg_roles as linked on linked.rolname = login.role_name
        where pg_catalog.pg_has_role(role.oid, linked.oid, 'member')
    )
