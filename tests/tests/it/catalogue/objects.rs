//! What objects are: owned by one role, explained, and never running with the rights of another.

use super::Rule;

pub const RULES: &[Rule] = &[
    Rule {
        name: "no function is SECURITY DEFINER",
        offenders: "
            select oid::regprocedure::text from pg_proc
             where pronamespace = 'cs'::regnamespace and prosecdef",
        offence: "alter function cs.uuid_v7() security definer",
        named: "cs.uuid_v7()",
    },
    Rule {
        // Else a name in it means whatever comes first in the search_path of who calls.
        name: "a function that is not native has a body parsed when it was made, or a search_path of its own",
        offenders: "
            select p.oid::regprocedure::text
              from pg_proc p join pg_language l on l.oid = p.prolang
             where p.pronamespace = 'cs'::regnamespace and l.lanname not in ('c', 'internal')
               and p.prosqlbody is null
               and not exists (select from unnest(p.proconfig) as setting where setting like 'search_path=%')",
        offence: "create function cs.offender() returns integer language sql as 'select 1'",
        named: "cs.offender()",
    },
    Rule {
        name: "tables, views, sequences, functions and types belong to cs_owner",
        offenders: "
            select relname::text from pg_class
             where relnamespace = 'cs'::regnamespace and relowner <> 'cs_owner'::regrole
            union
            select oid::regprocedure::text from pg_proc
             where pronamespace = 'cs'::regnamespace and proowner <> 'cs_owner'::regrole
            union
            select oid::regtype::text from pg_type
             where typnamespace = 'cs'::regnamespace and typowner <> 'cs_owner'::regrole",
        offence: "alter view cs.account_overview owner to cs_backup",
        named: "account_overview",
    },
    Rule {
        name: "every table, view and function has a comment",
        offenders: "
            select relname::text from pg_class
             where relnamespace = 'cs'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
               and coalesce(obj_description(oid, 'pg_class'), '') = ''
            union
            select oid::regprocedure::text from pg_proc
             where pronamespace = 'cs'::regnamespace and coalesce(obj_description(oid, 'pg_proc'), '') = ''",
        offence: "comment on view cs.account_overview is null",
        named: "account_overview",
    },
];
