//! A member who owns a schema puts operators, functions, types and tables of the same names before ours; nothing of
//! theirs is called and nothing changes. Theirs raise, so that a call cannot pass unseen.

use postgres::{Client, Transaction};

use crate::world::{self, World};

/// One of these names in a body of ours, unqualified and unpinned, would find theirs.
const FUNCTIONS: &[&str] = &[
    "lower(text)",
    "btrim(text)",
    "now()",
    "clock_timestamp()",
    "floor(numeric)",
    "floor(double precision)",
    "make_date(integer, integer, integer)",
    "split_part(text, text, integer)",
    "jsonb_typeof(jsonb)",
    "to_jsonb(text)",
    "to_jsonb(anyelement)",
    "timezone(text, timestamptz)",
    "format(text, text)",
    "substring(text, integer)",
    "gen_random_uuid()",
    "uuid_v7()",
    "current_user_id()",
    "current_tenant_id()",
    "current_member_role()",
    "tenant_where(text)",
    "may_see_account(uuid)",
    "may_see_user(uuid)",
    "me()",
    "risk_level(integer, uuid)",
    "set_config(text, text, boolean)",
    "current_setting(text)",
    "current_setting(text, boolean)",
];

const OPERATORS: &[(&str, &str, &str)] = &[
    ("=", "uuid", "uuid"),
    ("=", "text", "text"),
    ("<>", "text", "text"),
    ("=", "int4", "int4"),
    ("=", "bool", "bool"),
    ("=", "name", "text"),
    ("||", "text", "text"),
    ("->>", "jsonb", "text"),
    ("->", "jsonb", "text"),
    ("-", "date", "date"),
    ("-", "timestamptz", "timestamptz"),
    ("<=", "timestamptz", "timestamptz"),
    ("<", "timestamptz", "timestamptz"),
    (">=", "int4", "int4"),
    ("<", "int4", "int4"),
    ("+", "int4", "int4"),
    ("~", "text", "text"),
];

const TYPES: &[&str] = &[
    "uuid",
    "text",
    "jsonb",
    "timestamptz",
    "numeric",
    "member_role",
];

/// As the person's own role, in a schema of theirs and among temporary objects.
fn lay_traps(client: &mut Transaction<'_>, relations: &[String]) {
    client
        .batch_execute(
            "create schema trap;
             create function trap.raise() returns void language plpgsql as $$ begin raise 'hijacked'; end $$",
        )
        .unwrap();
    for place in ["trap", "pg_temp"] {
        let body = "language plpgsql as $$ begin raise 'hijacked'; end $$";
        for signature in FUNCTIONS {
            let result = if signature.contains("anyelement") {
                "anyelement"
            } else {
                "text"
            };
            client
                .batch_execute(&format!(
                    "create function {place}.{signature} returns {result} {body}"
                ))
                .unwrap();
        }
        for (number, (operator, left, right)) in OPERATORS.iter().enumerate() {
            client
                .batch_execute(&format!(
                    "create function {place}.op{number}(pg_catalog.{left}, pg_catalog.{right}) returns boolean {body}"
                        ))
                .and_then(|()| {
                    client.batch_execute(&format!(
                        "create operator {place}.{operator} (leftarg = pg_catalog.{left}, rightarg = pg_catalog.{right},
                                                             function = {place}.op{number})"
                    ))
                })
                .unwrap();
        }
        for relation in relations {
            let columns =
                "(id pg_catalog.uuid, tenant_id pg_catalog.uuid, role_name pg_catalog.text)";
            client
                .batch_execute(&format!("create table {place}.{relation} {columns}"))
                .unwrap();
        }
        for kind in TYPES {
            client
                .batch_execute(&format!(
                    "create domain {place}.{kind} as pg_catalog.int4 check (value > 7)"
                ))
                .unwrap();
        }
    }
}

/// Statements that go through tables, views, triggers and functions; they name everything fully themselves.
fn battery(client: &mut Client) -> Vec<String> {
    let mut all: Vec<String> = world::readable(client, "cs_member")
        .into_iter()
        .map(|(relation, columns)| format!("select {} from cs.{relation}", columns.join(", ")))
        .collect();
    let functions = client
        .query(
            "select format('select * from %s()', p.oid::regproc) from pg_proc p
              where p.pronamespace = 'cs'::regnamespace and p.pronargs = p.pronargdefaults and p.provolatile = 's'
                and p.prorettype <> 'trigger'::regtype and has_function_privilege('cs_member', p.oid, 'execute')",
            &[],
        )
        .unwrap();
    all.extend(functions.iter().map(|row| row.get::<_, String>(0)));
    all.extend(
        [
            "select cs.risk_level(38, cs.current_tenant_id())",
            "update cs.accounts set current_stage = (select pg_catalog.max(name) from cs.journey_stages)",
            "update cs.accounts set name = 'renamed', crm_attributes = '{\"arr\": 12}'",
            "insert into cs.accounts (name, crm_attributes) values ('new', '{\"contract_end_date\": \"2031-02-03\"}')",
            "insert into cs.health_scores (account_id, overall_score) select id, 12 from cs.accounts",
            "insert into cs.usage_metrics (account_id, metric_type, metric_value) select id, 'logins', 3 from cs.accounts",
            "insert into cs.playbooks (name, trigger_criteria, webhook_url)
             values ('new', '{\"event\": {\"kind\": \"stage_enter\"}}', 'https://receiver.test/')",
            "update cs.journey_stages set target_duration_days = 3, color_hex = '#123456'",
            "select cs.share_account(a.id, p.user_id) from cs.accounts a cross join cs.profiles p",
            "select cs.unshare_account(a.id, p.user_id) from cs.accounts a cross join cs.profiles p",
        ]
        .map(str::to_owned),
    );
    all
}

/// The answer, or the complaint, of a statement that leaves nothing behind.
fn outcome(client: &mut Transaction<'_>, statement: &str) -> String {
    let mut work = client.transaction().unwrap();
    let answer = work.simple_query(statement);
    work.rollback().unwrap();
    match answer {
        Ok(messages) => {
            let mut lines: Vec<&str> = Vec::new();
            let text = world::text_of(&messages);
            lines.extend(text.lines());
            lines.sort_unstable();
            lines.join("\n")
        }
        Err(error) => format!(
            "{:?}",
            error.as_db_error().map(|e| (e.code().code(), e.message()))
        ),
    }
}

#[test]
fn objects_of_the_same_names_are_never_called() {
    let world = World::new();
    let mut admin = world.database.connect().unwrap();
    let statements = battery(&mut admin);
    let relations: Vec<String> = admin
        .query(
            "select relname::text from pg_class where relnamespace = 'cs'::regnamespace and relkind in ('r', 'v')
             union select unnest(array['pg_roles', 'pg_class', 'pg_proc', 'new_rows', 'old_rows'])",
            &[],
        )
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let left = &world.tenants[0];
    admin
        .batch_execute(&format!(
            "grant create on database {} to {}",
            world.database.name, left.analyst
        ))
        .unwrap();
    let mut client = world.database.connect_as(&left.analyst).unwrap();
    // One transaction, so that now() stands still.
    let mut client = client.transaction().unwrap();
    let before: Vec<String> = statements.iter().map(|s| outcome(&mut client, s)).collect();
    lay_traps(&mut client, &relations);
    for path in [
        "trap, pg_catalog, pg_temp",
        "pg_temp, trap, pg_catalog",
        "trap",
        "trap, cs, public",
    ] {
        client
            .batch_execute(&format!("set search_path = {path}"))
            .unwrap();
        // The traps do spring for who walks into them, so they can show a hijack at all.
        if path.contains("pg_catalog") {
            let mut inner = client.transaction().unwrap();
            let sprung = inner.simple_query("select 'a'::pg_catalog.text = 'b'::pg_catalog.text");
            let why = sprung.unwrap_err();
            assert_eq!(why.as_db_error().unwrap().message(), "hijacked");
            inner.rollback().unwrap();
        }
        for (statement, before) in statements.iter().zip(&before) {
            let after = outcome(&mut client, statement);
            assert!(!after.contains("hijacked"), "{path}: {statement}: {after}");
            // It tells of the workers, which go on meanwhile.
            if !statement.contains("automation_health") {
                assert_eq!(&after, before, "{path}: {statement}");
            }
        }
    }
    let succeeded = before
        .iter()
        .filter(|text| !text.starts_with("Some(("))
        .count();
    assert!(
        succeeded * 10 > before.len() * 9,
        "most must work: {before:#?}"
    );
}
