-- What the gateway needs, of this database and of the role that it has logged in as.
select
    pg_catalog.current_database()::text as database,
    current_user::text as role,
    (select extversion from pg_catalog.pg_extension where extname = 'customer_success') as version,
    coalesce(pg_catalog.pg_has_role(pg_catalog.to_regrole('cs_gateway')::oid, 'usage'), false) as is_gateway,
    coalesce(pg_catalog.pg_has_role(pg_catalog.to_regrole('cs_member')::oid, 'member'), false) as becomes_member,
    pg_catalog.has_parameter_privilege(
        coalesce(pg_catalog.current_setting('customer_success.identity_prefix', true), 'app') || '.current_user_id', 'set'
    ) as states_caller,
    coalesce(pg_catalog.has_schema_privilege(pg_catalog.to_regnamespace('cs')::oid, 'usage'), false) as is_complete,
    (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as is_superuser
