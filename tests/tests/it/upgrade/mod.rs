//! A database of an older version, brought up to date, is like a fresh one, and what the DBA made stays.

use std::sync::{Arc, Mutex};

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::error::SqlState;
use postgres::{Client, NoTls};

use crate::lifecycle::contents;
use crate::snapshot;
use crate::support::accounts_bob_sees;

fn schema(database: &Database) -> String {
    stack::with_cluster(|cluster| Ok(snapshot::of(cluster, &database.name))).unwrap()
}

/// Rows and columns of every table, but of the one that says which files ran.
fn rows(client: &mut Client) -> Vec<String> {
    let mut lines = contents(client);
    lines.retain(|line| !line.starts_with("cs.schema_versions:"));
    lines
}

/// Brings a database up to date; returns what notices say of objects that stay.
fn install(database: &Database) -> Result<Vec<String>, postgres::Error> {
    let notices = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&notices);
    let mut client = postgres::Config::new()
        .host("127.0.0.1")
        .port(database.port)
        .user("postgres")
        .dbname(&database.name)
        .notice_callback(move |notice| heard.lock().unwrap().push(notice.message().to_owned()))
        .connect(NoTls)?;
    client.batch_execute("select cs.install()")?;
    let mut said = notices.lock().unwrap().clone();
    said.retain(|message| message.starts_with("left as they are"));
    Ok(said)
}

fn older(client: &mut Client) {
    client.batch_execute(include_str!("older.sql")).unwrap();
}

fn own(client: &mut Client) {
    client.batch_execute(include_str!("own.sql")).unwrap();
}

#[test]
fn an_older_database_becomes_a_fresh_one_with_what_the_dba_made() {
    let fresh = stack::database().unwrap();
    own(&mut fresh.connect().unwrap());
    let expected = schema(&fresh);

    let (database, _receiver) = stack::sample_database().unwrap();
    let mut client = database.connect().unwrap();
    older(&mut client);
    own(&mut client);
    assert_ne!(schema(&database), expected);
    let before = rows(&mut client);

    let notices = install(&database).unwrap();
    snapshot::assert_same(
        &expected,
        &schema(&database),
        "brought up to date is not as new",
    );
    assert_eq!(rows(&mut client), before);
    assert_eq!(accounts_bob_sees(&database).len(), 3);
    assert_eq!(
        notices,
        [
            "left as they are, because customer_success did not make them: \
             policy of_the_dba on cs.accounts, trigger of_the_dba on cs.contacts"
        ]
    );

    // Up to date, there is nothing to do and nothing to say.
    assert_eq!(install(&database).unwrap(), Vec::<String>::new());
    snapshot::assert_same(
        &expected,
        &schema(&database),
        "installing twice changes something",
    );
}

#[test]
fn what_others_made_of_a_view_that_has_to_go_is_named_and_nothing_changes() {
    for (used, named) in [
        (
            "select account_id from cs.present_stays",
            "view cs.present_stays",
        ),
        ("select name from cs.renewals", "view cs.renewals"),
        (
            "select cs.account_siblings(gen_random_uuid())",
            "function cs.account_siblings(uuid)",
        ),
        // Not on it, but on what has to be dropped with it.
        (
            "select stage from cs.journey_board",
            "view cs.present_stays",
        ),
    ] {
        let database = stack::database().unwrap();
        let mut client = database.connect().unwrap();
        older(&mut client);
        client
            .batch_execute(&format!("create view public.report as {used}"))
            .unwrap();
        let (schema_before, rows_before) = (schema(&database), contents(&mut client));

        let error = install(&database).unwrap_err();
        let error = error.as_db_error().unwrap();
        assert_eq!(error.code(), &SqlState::DEPENDENT_OBJECTS_STILL_EXIST);
        let detail = error.detail().unwrap_or_default();
        assert_eq!(detail, format!("view public.report depends on {named}"));
        snapshot::assert_same(&schema_before, &schema(&database), "refused, but changed");
        assert_eq!(contents(&mut client), rows_before);

        client
            .batch_execute("drop view public.report; select cs.install()")
            .unwrap();
    }
}
