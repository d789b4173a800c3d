//! Rules over the catalogue of a fresh install, so that a table, view or function added tomorrow cannot be forgotten.
//! Objects are found, never listed; what may differ stands in `EXCEPTIONS` with its reason.
//! Left out: USAGE of our enum types, which PostgreSQL gives to PUBLIC and which shows nobody a row.

mod beyond;
mod fences;
mod grants;
mod keys;
mod objects;
mod source;

use std::collections::BTreeSet;

use cs_tests::stack;
use postgres::Client;

/// One rule: a query that names its offenders, and an offence that it has to name.
struct Rule {
    name: &'static str,
    /// Answers one column of text: who breaks the rule.
    offenders: &'static str,
    /// Breaks the rule.
    offence: &'static str,
    /// What the offence is called.
    named: &'static str,
}

/// Rule, offender, reason. One that no longer occurs has to go.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        keys::HAS_TENANT,
        "tenants",
        "is the tenant: its id is what all others carry",
    ),
    (
        keys::HAS_TENANT,
        "users",
        "a person may belong to several tenants; profiles say which",
    ),
    (
        keys::HAS_TENANT,
        "installation",
        "one row about the database itself, granted to no member",
    ),
    (
        keys::HAS_TENANT,
        "event_channel",
        "one row about the database itself, granted to nobody",
    ),
    (
        keys::HAS_TENANT,
        "schema_versions",
        "rows about the schema itself, granted to no member",
    ),
    (
        keys::TENANT_SET,
        "sessions",
        "NULL until a person with several tenants has chosen one; granted to no member",
    ),
    (
        keys::TENANT_FIRST,
        "sessions(id)",
        "looked up by the token's id before a tenant is known",
    ),
    (
        keys::TENANT_SET,
        "password_resets",
        "NULL where a superuser made it, for a person of several tenants; granted to no member",
    ),
    (
        keys::TENANT_FIRST,
        "password_resets(user_id)",
        "one for each person, who may belong to several tenants",
    ),
    (
        keys::TENANT_FIRST,
        "database_logins(role_name)",
        "looked up by the database role before a tenant is known",
    ),
    (
        keys::TENANT_FIRST,
        "offered_roles(role_name)",
        "a database role is offered to one tenant alone; written by superusers",
    ),
    (
        fences::SAME_FENCE,
        "tenants",
        "is the tenant: the fence compares its id",
    ),
    (
        fences::SAME_FENCE,
        "users",
        "people have no tenant: oneself and one's colleagues, may_see_user(id)",
    ),
    (
        grants::SECRETS,
        "cs_member reads webhook_queue.claim_token",
        "names a claim under way; of use only to who may update the queue, and no member may",
    ),
    (
        grants::SECRETS,
        "cs_gateway reads webhook_queue.claim_token",
        "the same, by its membership in cs_member",
    ),
];

/// What several rules read: every privilege held on the schema and on what is in it.
const HELD: &str = "
    create temp view held as
    select 'schema cs' as object, null::oid as relation, n.nspowner as owner, a.*
      from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
     where n.nspname = 'cs'
    union all
    select c.relname::text, c.oid, c.relowner, a.*
      from pg_class c,
           aclexplode(coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's' else 'r' end::\"char\", c.relowner))) a
     where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    union all
    select c.relname || '.' || t.attname, c.oid, c.relowner, a.*
      from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
     where c.relnamespace = 'cs'::regnamespace
    union all
    select p.oid::regprocedure::text, null, p.proowner, a.*
      from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
     where p.pronamespace = 'cs'::regnamespace";

fn rules() -> impl Iterator<Item = &'static Rule> {
    [fences::RULES, grants::RULES, keys::RULES, objects::RULES]
        .into_iter()
        .flatten()
}

fn offenders(client: &mut impl postgres::GenericClient, rule: &Rule) -> BTreeSet<String> {
    let found = client.query(rule.offenders, &[]);
    let rows = found.unwrap_or_else(|error| panic!("the rule \"{}\": {error:?}", rule.name));
    rows.iter().map(|row| row.get(0)).collect()
}

fn fresh() -> (Client, cs_tests::database::Database) {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute(HELD).unwrap();
    (client, database)
}

#[test]
fn a_fresh_install_keeps_every_rule() {
    let (mut client, _database) = fresh();
    let mut broken = Vec::new();
    for rule in rules() {
        let found = offenders(&mut client, rule);
        let excepted: BTreeSet<String> = EXCEPTIONS
            .iter()
            .filter(|(name, _, _)| *name == rule.name)
            .map(|(_, offender, _)| (*offender).to_owned())
            .collect();
        for offender in found.difference(&excepted) {
            broken.push(format!("{}: {offender}", rule.name));
        }
        for stale in excepted.difference(&found) {
            broken.push(format!("{}: the exception {stale} has gone", rule.name));
        }
    }
    assert!(broken.is_empty(), "broken rules:\n{}", broken.join("\n"));
}

#[test]
fn every_rule_names_an_offender() {
    let (mut client, _database) = fresh();
    for rule in rules() {
        let mut work = client.transaction().unwrap();
        let before = offenders(&mut work, rule);
        assert!(
            !before.contains(rule.named),
            "{}: {} offends already",
            rule.name,
            rule.named
        );
        let made = work.batch_execute(rule.offence);
        made.unwrap_or_else(|error| panic!("the offence of \"{}\": {error:?}", rule.name));
        let after = offenders(&mut work, rule);
        assert!(
            after.contains(rule.named),
            "the rule \"{}\" does not name {}, but {after:?}",
            rule.name,
            rule.named
        );
        work.rollback().unwrap();
    }
}
