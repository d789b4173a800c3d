select case
    when role.rolname like 'cs\_%' then 'is one of the roles of customer_success'
    when role.rolsuper then 'is a superuser'
    when role.rolbypassrls then 'bypasses row security'
    when exists (
        select
        from pg_roles as other
        where other.oid <> role.oid
            and (other.rolsuper or other.rolbypassrls or other.rolname in ('cs_owner', 'cs_gateway', 'cs_worker', 'cs_backup'))
            and pg_has_role(role.oid, other.oid, 'member')
    ) then 'is a member of a role that sees more than one tenant'
end as obstacle
from pg_roles as role
where role.rolname = $1
