select
    role.rolconnlimit < 0 as no_connection_limit,
    not exists (
        select
        from pg_db_role_setting as setting, unnest(setting.setconfig) as entry
        where setting.setrole = role.oid
            and setting.setdatabase in (0, (select oid from pg_database where datname = current_database()))
            and entry like 'temp\_file\_limit=%'
    ) as no_temp_file_limit
from pg_roles as role
where role.rolname = $1
