//! Who holds what: PUBLIC nothing, nobody more than needed, secrets unread.

use super::Rule;

pub const SECRETS: &str = "members and the gateway read no secret";

pub const RULES: &[Rule] = &[
    Rule {
        name: "PUBLIC holds nothing on schema, tables, columns, functions",
        offenders: "select object || ' ' || privilege_type from held where grantee = 0",
        offence: "create function cs.offender() returns integer language sql return 1",
        named: "cs.offender() EXECUTE",
    },
    Rule {
        // They reach past policies: TRUNCATE asks none, a foreign key shows which rows exist, a trigger runs as the writer.
        // MAINTAIN (17 and later) locks a table.
        name: "no one but the owner holds TRUNCATE, REFERENCES, TRIGGER or MAINTAIN",
        offenders: "
            select pg_get_userbyid(grantee) || ' ' || privilege_type || ' ' || object from held
             where privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN') and grantee <> owner",
        offence: "grant references (id) on cs.accounts to cs_gateway",
        named: "cs_gateway REFERENCES accounts.id",
    },
    Rule {
        // Each of these on a whole table lets a linked role LOCK it against every tenant. Updates go through columns,
        // deletions through functions.
        name: "members insert, update and delete no whole table",
        offenders: "
            select distinct role || ' ' || privilege || ' ' || c.relname
              from pg_class c,
                   unnest(array['cs_member', 'cs_gateway']) as role,
                   unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as privilege
             where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
               and has_table_privilege(role, c.oid, privilege)",
        offence: "grant delete on cs.contacts to cs_member",
        named: "cs_member DELETE contacts",
    },
    Rule {
        name: "no policy lets anyone delete a row",
        offenders: "
            select tablename || '.' || policyname from pg_policies
             where schemaname = 'cs' and permissive = 'PERMISSIVE' and cmd in ('DELETE', 'ALL')",
        offence: "create policy offender on cs.contacts for delete using (cs.may_see_account(account_id))",
        named: "contacts.offender",
    },
    Rule {
        name: "nobody but the owner makes objects in the schema",
        offenders: "
            select pg_get_userbyid(grantee)::text from held
             where object = 'schema cs' and privilege_type = 'CREATE' and grantee <> owner",
        offence: "grant create on schema cs to cs_member",
        named: "cs_member",
    },
    Rule {
        name: "nobody but the owner may pass a privilege on",
        offenders: "
            select pg_get_userbyid(grantee) || ' ' || privilege_type || ' ' || object from held
             where is_grantable and grantee <> owner",
        offence: "grant select on cs.tenants to cs_member with grant option",
        named: "cs_member SELECT tenants",
    },
    Rule {
        // Privileges inherited count: what a role may do is what matters, not who granted it.
        name: SECRETS,
        offenders: "
            select role || ' reads ' || c.relname || '.' || t.attname
              from pg_class c
              join pg_attribute t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped,
                   unnest(array['cs_member', 'cs_gateway']) as role
             where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
               and (t.attname ~ 'password|secret|token|hash' or (c.relname = 'playbooks' and t.attname = 'headers'))
               and has_column_privilege(role, c.oid, t.attnum, 'select')",
        offence: "grant select (webhook_secret) on cs.playbooks to cs_gateway",
        named: "cs_gateway reads playbooks.webhook_secret",
    },
    Rule {
        // A way around every rule above: what a role is, and what it can become.
        name: "our roles cannot log in, become more than they are, or bypass what they must not",
        offenders: "
            select rolname::text from pg_roles
             where rolname in ('cs_owner', 'cs_member', 'cs_gateway', 'cs_worker', 'cs_backup')
               and (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolreplication
                    or rolbypassrls <> (rolname in ('cs_worker', 'cs_backup')))
            union
            select m.member::regrole || ' is in ' || m.roleid::regrole from pg_auth_members m
             where m.member in ('cs_owner'::regrole, 'cs_member'::regrole, 'cs_gateway'::regrole, 'cs_worker'::regrole, 'cs_backup'::regrole)
               and (m.member::regrole::text, m.roleid::regrole::text)
                   not in (('cs_gateway', 'cs_member'), ('cs_backup', 'pg_read_all_data'))",
        offence: "grant cs_owner to cs_gateway",
        named: "cs_gateway is in cs_owner",
    },
    Rule {
        name: "only the gateway may state an identity",
        offenders: "
            select a.grantee::regrole || ' ' || p.parname
              from pg_parameter_acl p, aclexplode(p.paracl) a
             where p.parname like 'app.%' and a.grantee <> 'cs_gateway'::regrole
               and not exists (select from pg_roles r where r.oid = a.grantee and r.rolsuper)
            union
            select name || ' is ' || context from pg_settings where name like 'app.%' and context <> 'superuser'",
        offence: "grant set on parameter app.current_tenant_id to cs_member",
        named: "cs_member app.current_tenant_id",
    },
];
