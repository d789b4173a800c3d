//! The reference is what the catalogue says of itself: every function, table, view, setting and error, from the comments.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::{stack, tree, wait};
use postgres::Client;

use crate::support::SOON;

/// What `make reference` sets.
const WRITE: &str = "CS_WRITE_REFERENCE";

#[test]
fn the_reference_is_that_of_the_catalogue() {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    let folder = tree::root().join("extension/docs/reference");
    let pages = [
        ("functions.md", functions(&mut client)),
        ("relations.md", relations(&mut client)),
        ("settings.md", settings(&mut client)),
        ("errors.md", errors(&mut client)),
        ("events.md", events(&mut client)),
        ("metrics.md", metrics(&database)),
        ("rights.md", rights(&database)),
    ];
    for (name, text) in pages {
        hold(folder.join(name), &text);
    }
}

fn hold(path: PathBuf, text: &str) {
    if std::env::var_os(WRITE).is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "{} is out of date: run make reference",
        path.display()
    );
}

/// A page that begins with what it is, and how it is made.
fn page(title: &str, lead: &str) -> String {
    format!("# {title}\n\n{lead} Written by `make reference`.\n")
}

/// Text for the cell of a table, and for prose in which `<` and `|` mean nothing.
fn plain(text: &str) -> String {
    text.replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('\n', " ")
}

/// Name, arguments, result, comment, and whether members may call it.
const FUNCTIONS: &str = "
    select function.proname::text, pg_get_function_arguments(function.oid), pg_get_function_result(function.oid),
        coalesce(obj_description(function.oid, 'pg_proc'), ''),
        has_function_privilege('cs_member', function.oid, 'execute'),
        has_function_privilege('cs_gateway', function.oid, 'execute')
    from pg_proc as function
    where function.pronamespace = 'cs'::regnamespace
        and function.prorettype <> 'trigger'::regtype
        and coalesce(obj_description(function.oid, 'pg_proc'), '') !~ '^Internal'
    order by function.proname collate \"C\", pg_get_function_arguments(function.oid) collate \"C\"";

fn functions(client: &mut Client) -> String {
    let mut text = page(
        "Functions",
        "Every function that is called by people, programs or the DBA; all are in schema `cs`.",
    );
    for row in client.query(FUNCTIONS, &[]).unwrap() {
        let (name, arguments, result, meaning): (String, String, String, String) =
            (row.get(0), row.get(1), row.get(2), row.get(3));
        let whose = match (row.get(4), row.get(5)) {
            (true, _) => "",
            (false, true) => " For the gateway.",
            (false, false) => " For superusers.",
        };
        write!(
            text,
            "\n## {name}\n\n```text\n{name}({arguments})\n  → {result}\n```\n\n{}{whose}\n",
            plain(&meaning)
        )
        .unwrap();
    }
    text
}

/// Name, kind and comment of what members may read, at least in part.
const RELATIONS: &str = "
    select relation.relname::text, case relation.relkind when 'v' then 'view' else 'table' end,
        coalesce(obj_description(relation.oid, 'pg_class'), '')
    from pg_class as relation
    where relation.relnamespace = 'cs'::regnamespace
        and relation.relkind in ('r', 'p', 'v')
        and has_any_column_privilege('cs_member', relation.oid, 'select')
    order by relation.relname collate \"C\"";

const COLUMNS: &str = "
    select attribute.attname::text, format_type(attribute.atttypid, attribute.atttypmod),
        coalesce(col_description(attribute.attrelid, attribute.attnum), '')
    from pg_attribute as attribute
    where attribute.attrelid = ('cs.' || quote_ident($1))::regclass
        and attribute.attnum > 0 and not attribute.attisdropped
        and has_column_privilege('cs_member', attribute.attrelid, attribute.attnum, 'select')
    order by attribute.attnum";

fn relations(client: &mut Client) -> String {
    let mut text = page(
        "Tables and views",
        "Every table and view that members read, with the columns they read; all are in schema `cs`, and show the reader's own tenant.",
    );
    for row in client.query(RELATIONS, &[]).unwrap() {
        let (name, kind, meaning): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        write!(
            text,
            "\n## {name}\n\nA {kind}. {}\n\n| column | type | meaning |\n|---|---|---|\n",
            plain(&meaning)
        )
        .unwrap();
        for column in client.query(COLUMNS, &[&name]).unwrap() {
            let (name, kind, meaning): (String, String, String) =
                (column.get(0), column.get(1), column.get(2));
            writeln!(text, "| `{name}` | {kind} | {} |", plain(&meaning)).unwrap();
        }
    }
    text
}

const SETTINGS: &str = "
    select name, boot_val, coalesce(unit, ''), context, short_desc || coalesce(' ' || extra_desc, '')
    from pg_settings where name like 'customer\\_success.%' order by name collate \"C\"";

fn settings(client: &mut Client) -> String {
    let mut text = page(
        "Settings",
        "Every setting of the server, with its default and who may change it when.",
    );
    text.push_str("\n| setting | default | changed by | meaning |\n|---|---|---|---|\n");
    for row in client.query(SETTINGS, &[]).unwrap() {
        let default: Option<String> = row.get(1);
        let (name, unit, meaning): (String, String, String) = (row.get(0), row.get(2), row.get(4));
        let changed = match row.get::<_, String>(3).as_str() {
            "postmaster" => "a start of the server",
            "sighup" => "a reload",
            "superuser" => "a superuser, also for one database",
            "user" => "anybody",
            other => panic!("{name} is changed in a way without words: {other}"),
        };
        let default = default.filter(|it| !it.is_empty());
        let default = default.map_or_else(|| "empty".to_owned(), |it| format!("`{it}{unit}`"));
        writeln!(
            text,
            "| `{name}` | {default} | {changed} | {} |",
            plain(&meaning)
        )
        .unwrap();
    }
    text
}

/// A code as the comments have it, what PostgreSQL calls it, and the functions that raise it.
const ERRORS: &str = "
    select code[1], string_agg(distinct format('[%1$s](functions.md#%1$s)', function.proname), ', ')
    from pg_proc as function
    cross join lateral obj_description(function.oid, 'pg_proc') as comment (text)
    cross join lateral regexp_matches(comment.text, '\\m([0-9P][0-9A-Z]{4})\\M', 'g') as code
    where function.pronamespace = 'cs'::regnamespace and comment.text !~ '^Internal' and comment.text ~ 'Errors: '
        and function.prorettype <> 'trigger'::regtype
        and code[1] ~ '^(0A|2|5|P0)'
    group by code[1] order by 1";

fn errors(client: &mut Client) -> String {
    let mut text = page(
        "Errors",
        "The SQLSTATEs that functions raise on purpose, and which do. On a standby, or in a transaction that is read only, a function that writes raises 25006. The detail of 22023 is JSON that names the `field`, or the rejected rows.",
    );
    text.push_str("\n| code | meaning | raised by |\n|---|---|---|\n");
    for row in client.query(ERRORS, &[]).unwrap() {
        let (code, functions): (String, String) = (row.get(0), row.get(1));
        let meaning = match code.as_str() {
            "0A000" => "it cannot be done with this",
            "22023" => "what was given is wrong: the detail says where",
            "23503" => "something else still needs it",
            "23505" => "it is taken already",
            "27000" => "somebody was faster: the detail has what is there now",
            "28000" => "not signed in, or the wrong password",
            "42501" => "your role may not do it",
            "55000" => "not now: the detail says what has to be done first",
            "P0002" => "there is no such row, or none that you see",
            other => panic!("the error {other} is without words: give it some here"),
        };
        writeln!(text, "| `{code}` | {meaning} | {functions} |").unwrap();
    }
    text
}

/// A topic, the tables it tells of, and whose ids it has.
const EVENTS: &str = "
    select argument[1], string_agg(distinct format('`%s`', relation.relname), ', '),
        case
            when bool_and(argument[2] = 'account_id' or relation.relname = 'accounts') then 'accounts'
            when bool_or(argument[2] = 'user_id') then 'people'
            else 'the rows themselves'
        end
    from pg_trigger as trigger
    join pg_class as relation on relation.oid = trigger.tgrelid
    cross join lateral regexp_split_to_array(encode(trigger.tgargs, 'escape'), '\\\\000') as argument
    where trigger.tgfoid = 'cs.tg_events__gather'::regproc
        and argument[1] not in ('access', 'sessions')
    group by argument[1] order by 1";

fn events(client: &mut Client) -> String {
    let mut text = page(
        "Live events",
        "Every topic of `GET /events`, what it tells of, and whose ids it has; how to listen is in [Live events](../../../gateway/docs/live-events.md).",
    );
    text.push_str("\n| topic | changes of | ids of |\n|---|---|---|\n");
    let rows = client.query(EVENTS, &[]).unwrap();
    assert!(rows.len() > 10, "only {} topics", rows.len());
    for row in rows {
        let (topic, tables, ids): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        writeln!(text, "| `{topic}` | {tables} | {ids} |").unwrap();
    }
    text
}

/// What a gateway says of its own metrics, of the text that Prometheus reads.
fn metrics(database: &Database) -> String {
    let gateway = Gateway::start(database).unwrap();
    let client = http_client().unwrap();
    // Figures of the workers are there once both run, and are read anew every five seconds.
    let told = wait::until("the figures of the workers", SOON, || {
        let answer = client.get(format!("{}/metrics", gateway.url)).send()?;
        let text = answer.text()?;
        let is_whole = ["uptime_seconds", "sent_total"]
            .iter()
            .all(|it| text.contains(&format!("# HELP cs_worker_{it} ")));
        Ok(is_whole.then_some(text))
    })
    .unwrap();
    let mut text = page(
        "Metrics",
        "Every metric of the gateway's `/metrics`, for Prometheus; none names a tenant.",
    );
    text.push_str("\n| metric | kind | meaning |\n|---|---|---|\n");
    let kind_of = |name: &str| {
        let kinds = told.lines().filter_map(|line| line.strip_prefix("# TYPE "));
        let mut pairs = kinds.filter_map(|line| line.split_once(' '));
        pairs
            .find(|(of, _)| *of == name)
            .map_or("", |(_, kind)| kind)
    };
    let mut meanings: Vec<_> = told
        .lines()
        .filter_map(|line| line.strip_prefix("# HELP ")?.split_once(' '))
        .collect();
    meanings.sort_unstable();
    assert!(meanings.len() > 10, "only {} metrics", meanings.len());
    for (name, meaning) in meanings {
        writeln!(
            text,
            "| `{name}` | {} | {} |",
            kind_of(name),
            plain(meaning)
        )
        .unwrap();
    }
    text
}

const ROLES: [&str; 4] = ["Viewer", "Contributor", "Practitioner", "Tenant Admin"];

/// A person of one role, in a tenant of the sample.
const PERSON: &str = "
    with person as (insert into cs.users (email) values (gen_random_uuid() || '@acme.com') returning id)
    insert into cs.profiles (tenant_id, user_id, full_name, role)
    select tenant.id, person.id, $1, $1::text::cs.member_role from person, cs.tenants as tenant
    returning user_id::text";

/// The rights of a person, as the pages ask for them.
fn rights(database: &Database) -> String {
    let mut holders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut client = database.connect().unwrap();
    client
        .batch_execute("select cs.load_sample_data('http://127.0.0.1:9')")
        .unwrap();
    for role in ROLES {
        let person: String = client.query_one(PERSON, &[&role]).unwrap().get(0);
        let mut member = database.connect_member(&person).unwrap();
        let asked = "select jsonb_array_elements_text(cs.me() -> 'permissions')";
        for row in member.query(asked, &[]).unwrap() {
            holders.entry(row.get(0)).or_default().push(role);
        }
    }
    let mut text = page(
        "Rights",
        "What each role may do. A Contributor has these rights for own and shared accounts only.",
    );
    text.push_str("\n| right | roles |\n|---|---|\n");
    for (right, roles) in holders {
        writeln!(text, "| `{right}` | {} |", roles.join(", ")).unwrap();
    }
    text
}
