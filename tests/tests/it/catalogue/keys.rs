//! Keys: the tenant first, so that no key, no unique constraint and no reference ever spans two of them.

use super::Rule;

pub const HAS_TENANT: &str = "every table has a tenant_id";
pub const TENANT_SET: &str = "tenant_id is never NULL";
pub const TENANT_FIRST: &str = "tenant_id is first in every primary key and unique index";

pub const RULES: &[Rule] = &[
    Rule {
        name: HAS_TENANT,
        offenders: "
            select c.relname::text from pg_class c
             where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p')
               and not exists (select from pg_attribute t
                                where t.attrelid = c.oid and t.attname = 'tenant_id' and t.atttypid = 'uuid'::regtype)",
        offence: "create table cs.offender (id uuid)",
        named: "offender",
    },
    Rule {
        name: TENANT_SET,
        offenders: "
            select c.relname::text
              from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
             where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p') and not t.attnotnull",
        offence: "alter table cs.account_members drop constraint account_members_pkey;
                  alter table cs.account_members alter tenant_id drop not null",
        named: "account_members",
    },
    Rule {
        name: "every table has a primary key",
        offenders: "
            select c.relname::text from pg_class c
             where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p')
               and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'p')",
        offence: "create table cs.offender (tenant_id uuid not null)",
        named: "offender",
    },
    Rule {
        // A token is found by its hash before a tenant is known, and nobody can guess one that is taken.
        name: TENANT_FIRST,
        offenders: "
            select c.relname || '(' || coalesce(k.columns, 'expression') || ')'
              from pg_index i
              join pg_class c on c.oid = i.indrelid,
                   lateral (select string_agg(t.attname, ', ' order by o.n) as columns
                              from unnest(i.indkey::smallint[]) with ordinality as o (attnum, n)
                              join pg_attribute t on t.attrelid = c.oid and t.attnum = o.attnum) as k,
                   lateral (select t.attnum from pg_attribute t
                             where t.attrelid = c.oid and t.attname = 'tenant_id') as tenant
             where c.relnamespace = 'cs'::regnamespace and i.indisunique
               and i.indkey[0] <> tenant.attnum and k.columns !~ '^\\w+_hash$'",
        offence: "alter table cs.accounts add constraint offender unique (external_id)",
        named: "accounts(external_id)",
    },
    Rule {
        name: "tenant_id is first in every foreign key to a table that has one",
        offenders: "
            select c.relname || '.' || k.conname
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid and c.relnamespace = 'cs'::regnamespace
              join pg_attribute far on far.attrelid = k.confrelid and far.attname = 'tenant_id'
              left join pg_attribute near on near.attrelid = k.conrelid and near.attname = 'tenant_id'
             where k.contype = 'f'
               and (k.conkey[1] is distinct from near.attnum or k.confkey[1] <> far.attnum)",
        offence: "alter table cs.accounts add unique (id);
                  alter table cs.account_members add constraint offender foreign key (account_id) references cs.accounts (id)",
        named: "account_members.offender",
    },
    Rule {
        name: "every foreign key has an index that begins with its columns",
        offenders: "
            select c.relname || '.' || k.conname
              from pg_constraint k
              join pg_class c on c.oid = k.conrelid and c.relnamespace = 'cs'::regnamespace
             where k.contype = 'f'
               and not exists (
                   select from pg_index i
                    where i.indrelid = k.conrelid and i.indisvalid and i.indpred is null
                      and (i.indkey::smallint[])[0:cardinality(k.conkey) - 1] @> k.conkey)",
        offence: "create table cs.offender (tenant_id uuid constraint offender_fkey references cs.tenants)",
        named: "offender.offender_fkey",
    },
    Rule {
        name: "replica identity is the primary key",
        offenders: "
            select relname::text from pg_class
             where relnamespace = 'cs'::regnamespace and relkind in ('r', 'p') and relreplident <> 'd'",
        offence: "alter table cs.accounts replica identity full",
        named: "accounts",
    },
];
