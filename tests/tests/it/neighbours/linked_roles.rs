//! A linked role is a PostgreSQL role: its time-outs are its own to undo, so the worker sets the bound.

use super::Neighbours;
use crate::support::{SOON, number, wait_sql};
use cs_tests::database::Database;
use cs_tests::stack;
use postgres::Client;
use std::time::{Duration, Instant};

/// Two seconds for a transaction of a linked role, and prepared transactions.
fn impatient() -> (cs_tests::cluster::Cluster, Neighbours) {
    let cluster = stack::own_cluster(
        &[
            ("customer_success.linked_role_seconds", "2"),
            ("max_prepared_transactions", "10"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned())),
    )
    .unwrap();
    let database = Database::clone_template(&cluster).unwrap();
    let both = Neighbours::inside(database, &["bad", "good"], 3);
    (cluster, both)
}

const UNDO_TIMEOUTS: &str = "set statement_timeout = 0; set lock_timeout = 0;
    set idle_in_transaction_session_timeout = 0";

fn wait_ended(client: &mut Client, what: &str) {
    cs_tests::wait::until_true(what, SOON, || Ok(client.batch_execute("select 1").is_err()))
        .unwrap();
}

#[test]
fn a_transaction_of_a_linked_role_that_lasts_too_long_is_ended() {
    let (cluster, mut both) = impatient();
    let mut idle = both.linked_admin("bad");
    idle.batch_execute(UNDO_TIMEOUTS).unwrap();
    idle.batch_execute("begin; select from cs.accounts for no key update")
        .unwrap();
    both.record_usage("bad %");
    both.wait_scored("bad %");
    wait_ended(&mut idle, "the end of an idle transaction");

    // One that works all the time, as a login role that becomes the linked one.
    let role = format!("bad_{}", both.database.name);
    both.admin
        .batch_execute(&format!("create role other_{role} login in role {role}"))
        .unwrap();
    let mut busy = both.database.connect_as(&format!("other_{role}")).unwrap();
    busy.batch_execute(&format!("{UNDO_TIMEOUTS}; set role {role}"))
        .unwrap();
    let error = busy.batch_execute("select pg_sleep(60)").unwrap_err();
    // The client may see the end of the connection before its reason, which the log has in any case.
    let shut_down = postgres::error::SqlState::ADMIN_SHUTDOWN;
    assert!(error.code().is_none_or(|it| *it == shut_down), "{error:?}");
    let logged = std::fs::read_to_string(cluster.log()).unwrap();
    assert!(
        logged.contains("ended a transaction of the linked role"),
        "{logged}"
    );
}

#[test]
fn who_is_not_linked_or_is_brief_is_left_alone() {
    let (_cluster, mut both) = impatient();
    let mut brief = both.linked_admin("bad");
    both.admin
        .batch_execute(&format!(
            "create role stranger_{} login",
            both.database.name
        ))
        .unwrap();
    let stranger = format!("stranger_{}", both.database.name);
    let mut stranger = both.database.connect_as(&stranger).unwrap();
    stranger.batch_execute("begin; select 1").unwrap();
    let mut dba = both.database.connect().unwrap();
    dba.batch_execute("begin; select 1").unwrap();
    let until = Instant::now() + Duration::from_secs(8);
    while Instant::now() < until {
        brief
            .batch_execute("begin; select count(*) from cs.accounts; commit")
            .unwrap();
        std::thread::sleep(Duration::from_millis(50));
    }
    // An open session without a transaction holds nothing.
    std::thread::sleep(Duration::from_secs(4));
    brief.batch_execute("select 1").unwrap();
    stranger.batch_execute("commit").unwrap();
    dba.batch_execute("commit").unwrap();
}

#[test]
fn a_prepared_transaction_of_a_linked_role_is_rolled_back() {
    let (_cluster, mut both) = impatient();
    let mut evil = both.linked_admin("bad");
    evil.batch_execute(
        "begin; update cs.accounts set name = 'kept for ever' where name = 'bad 1'; prepare transaction 'evil'",
    )
    .unwrap();
    let mut dba = both.database.connect().unwrap();
    dba.batch_execute("begin; select 1; prepare transaction 'the DBA''s own'")
        .unwrap();
    wait_sql(
        &mut both.admin,
        "its end",
        "select string_agg(gid, ' ') = 'the DBA''s own' from pg_prepared_xacts",
    );
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(
        number(&mut both.admin, "select count(*) from pg_prepared_xacts"),
        1
    );
    both.move_to("bad 1", "Adoption");
    dba.batch_execute("rollback prepared 'the DBA''s own'")
        .unwrap();
}

#[test]
fn linking_bounds_connections_and_temporary_files_unless_they_are_bounded() {
    let mut both = Neighbours::new(&["bad"], 1);
    let mut linked = both.linked_admin("bad");
    let shown = |client: &mut Client| -> String {
        client
            .query_one("show temp_file_limit", &[])
            .unwrap()
            .get(0)
    };
    assert_eq!(shown(&mut linked), "1GB");
    assert!(linked.batch_execute("set temp_file_limit = -1").is_err());
    let role = format!("bad_{}", both.database.name);
    let limit = format!("select rolconnlimit::bigint from pg_roles where rolname = '{role}'");
    assert_eq!(number(&mut both.admin, &limit), 10);
    // What a DBA has set stays, also when the role is linked again.
    both.admin
        .batch_execute(&format!(
            "alter role {role} connection limit 3; alter role {role} set temp_file_limit = '5MB';
             select cs.link_database_role('{role}', 'admin@bad.test')"
        ))
        .unwrap();
    assert_eq!(number(&mut both.admin, &limit), 3);
    assert_eq!(shown(&mut both.database.connect_as(&role).unwrap()), "5MB");
}
