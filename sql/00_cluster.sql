-- Owns what no dump carries: roles, the right to say who is calling, and who may call the native functions.
-- Run at every CREATE EXTENSION, also while a dump is restored. All other grants are ordinary ones, which dumps carry.

-- These catalogues are the cluster's: two databases that install at once would update the same rows.
lock table pg_catalog.pg_auth_members in share row exclusive mode;

do $$
declare
    wanted record;
begin
    for wanted in
        select *
        from (values
            ('cs_owner', 'nologin', 'owns the tables, views and functions of schema cs'),
            ('cs_member', 'nologin', 'every statement of a tenant''s people runs as it; row security narrows it'),
            ('cs_gateway', 'nologin', 'checks log-ins and sessions, says who is calling, becomes cs_member'),
            ('cs_worker', 'nologin bypassrls', 'delivers webhooks for all tenants'),
            ('cs_backup', 'nologin bypassrls', 'pg_dump --role=cs_backup')
        ) as roles (name, options, purpose)
        where not exists (select from pg_catalog.pg_roles where rolname = roles.name)
    loop
        execute pg_catalog.format('create role %I %s', wanted.name, wanted.options);
        execute pg_catalog.format('comment on role %I is %L', wanted.name, 'customer_success: ' || wanted.purpose);
    end loop;
end
$$;

grant cs_member to cs_gateway;
grant pg_read_all_data to cs_backup;
do $$
begin
    execute pg_catalog.format(
        'grant set on parameter %1$I.current_user_id, %1$I.current_tenant_id, %1$I.client_id to cs_gateway',
        pg_catalog.current_setting('customer_success.identity_prefix')
    );
end
$$;

-- Foreign keys are checked as the owner of the table.
grant usage on schema cs to cs_owner;
revoke execute on all functions in schema cs from public;

do $$
declare
    native regprocedure;
begin
    for native in
        select member.objid::regprocedure
        from pg_catalog.pg_depend as member
        join pg_catalog.pg_extension as ours on ours.oid = member.refobjid and ours.extname = 'customer_success'
        where member.classid = 'pg_catalog.pg_proc'::regclass
            and member.refclassid = 'pg_catalog.pg_extension'::regclass
            and member.deptype = 'e'
    loop
        execute pg_catalog.format('alter function %s owner to cs_owner', native);
    end loop;
end
$$;

alter function cs.may_see_account(uuid) support cs.may_see_account_support;
