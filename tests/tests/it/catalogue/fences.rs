//! Row security: on every table, forced, one fence, and policies that ask our functions.

use super::Rule;

pub const SAME_FENCE: &str = "the fence compares tenant_id with the caller's tenant";

pub const RULES: &[Rule] = &[
    Rule {
        name: "row security is enabled and forced on every table",
        offenders: "
            select relname::text from pg_class
             where relnamespace = 'cs'::regnamespace and relkind in ('r', 'p')
               and not (relrowsecurity and relforcerowsecurity)",
        offence: "alter table cs.accounts no force row level security",
        named: "accounts",
    },
    Rule {
        // Row security cannot narrow these, whatever they show.
        name: "no materialized view, no foreign table",
        offenders: "
            select relname::text from pg_class
             where relnamespace = 'cs'::regnamespace and relkind in ('m', 'f')",
        offence: "create materialized view cs.offender as select 1 as one",
        named: "offender",
    },
    Rule {
        // Whoever bypasses row security, or owns the table, does not need the fence; all others do.
        name: "one restrictive policy for all commands on every table that holds a tenant or is granted to anybody",
        offenders: "
            select c.relname::text from pg_class c
             where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p')
               and (exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')
                    or exists (select from held h left join pg_roles r on r.oid = h.grantee
                                where h.relation = c.oid and h.grantee <> h.owner
                                  and not coalesce(r.rolbypassrls or r.rolsuper, false)))
               and (select count(*) from pg_policy p
                     where p.polrelid = c.oid and not p.polpermissive and p.polcmd = '*') <> 1",
        offence: "
            create table cs.offender (id uuid primary key);
            alter table cs.offender enable row level security;
            alter table cs.offender force row level security;
            grant select (id) on cs.offender to cs_member",
        named: "offender",
    },
    Rule {
        name: SAME_FENCE,
        offenders: "
            select p.relname::text from (
                select c.relname, p.* from pg_policy p join pg_class c on c.oid = p.polrelid
                 where c.relnamespace = 'cs'::regnamespace and not p.polpermissive and p.polcmd = '*'
            ) as p
             where p.polwithcheck is not null
                or pg_get_expr(p.polqual, p.polrelid) is distinct from '(tenant_id = cs.current_tenant_id())'",
        offence: "
            drop policy fence on cs.accounts;
            create policy fence on cs.accounts as restrictive using (parent_id = cs.current_tenant_id())",
        named: "accounts",
    },
    Rule {
        // Without a call of ours, DROP EXTENSION would leave a policy that still lets in.
        name: "every policy's expressions call a function of ours",
        offenders: "
            select c.relname || '.' || p.polname
              from pg_policy p join pg_class c on c.oid = p.polrelid,
                   lateral (values (p.polqual), (p.polwithcheck)) as part (tree)
             where c.relnamespace = 'cs'::regnamespace and part.tree is not null
               and pg_get_expr(part.tree, p.polrelid) !~ '\\mcs\\.\\w+\\('",
        offence: "create policy offender on cs.accounts using (name = 'a')",
        named: "accounts.offender",
    },
    Rule {
        // A sub-select is planned for every reader; a constant or an alternative is a second door.
        name: "no sub-select, no true or false, no OR in a policy",
        offenders: "
            select c.relname || '.' || p.polname
              from pg_policy p join pg_class c on c.oid = p.polrelid,
                   lateral (values (p.polqual), (p.polwithcheck)) as part (tree)
             where c.relnamespace = 'cs'::regnamespace
               and part.tree::text ~ '\\{SUBLINK|\\{CONST :consttype 16 |:boolop or'",
        offence: "
            create policy offender on cs.accounts using (cs.may_see_account(id) and exists (select))",
        named: "accounts.offender",
    },
    Rule {
        name: "no policy holds for one role only",
        offenders: "
            select c.relname || '.' || p.polname
              from pg_policy p join pg_class c on c.oid = p.polrelid
             where c.relnamespace = 'cs'::regnamespace and p.polroles <> '{0}'",
        offence: "create policy offender on cs.accounts to cs_member using (cs.may_see_account(id))",
        named: "accounts.offender",
    },
    Rule {
        // An immutable one is folded into a generic plan, which then serves the next caller.
        name: "functions that policies call are native and STABLE",
        offenders: "
            select distinct f.oid::regprocedure::text
              from pg_policy p
              join pg_class c on c.oid = p.polrelid and c.relnamespace = 'cs'::regnamespace
              join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid
               and d.refclassid = 'pg_proc'::regclass
              join pg_proc f on f.oid = d.refobjid
              join pg_language l on l.oid = f.prolang
             where f.provolatile <> 's' or l.lanname <> 'c' or f.pronamespace <> 'cs'::regnamespace",
        offence: "alter function cs.may_see_account(uuid) immutable",
        named: "cs.may_see_account(uuid)",
    },
    Rule {
        name: "every view runs with the rights of its reader",
        offenders: "
            select relname::text from pg_class
             where relnamespace = 'cs'::regnamespace and relkind = 'v'
               and not coalesce(reloptions && array['security_invoker=true', 'security_invoker=on'], false)",
        offence: "create view cs.offender as select name from cs.accounts",
        named: "offender",
    },
    Rule {
        // A rule other than a view's own rewrites statements with the rights of the table's owner.
        name: "no rewrite rule on a table",
        offenders: "
            select c.relname || '.' || r.rulename
              from pg_rewrite r join pg_class c on c.oid = r.ev_class
             where c.relnamespace = 'cs'::regnamespace and r.rulename <> '_RETURN'",
        offence: "create rule offender as on delete to cs.accounts do also select 1",
        named: "accounts.offender",
    },
];
