//! What a restore has left out is said by the next call, and put right by `cs.install()`.

use cs_tests::cluster::Cluster;
use cs_tests::stack;
use postgres::error::SqlState;
use postgres::{Client, NoTls};

use super::ways::{By, Dump, RESTORED, Way};
use super::{
    assert_looks_the_same, contents_without, make_logins, shared_snapshot, source,
    wait_for_another_delivery, without,
};
use crate::lifecycle::contents;
use crate::snapshot;
use crate::support::{
    SOON, long, not_across_midnight, number, wait_for_worker, wait_sql, wait_within,
};

/// What the call ends with, and how to mend it.
fn refusal(client: &mut Client, call: &str) -> (SqlState, String) {
    let error = client.batch_execute(call).unwrap_err();
    let said = error.as_db_error().unwrap();
    (
        said.code().clone(),
        said.hint().unwrap_or_default().to_owned(),
    )
}

fn is_mended(way: Way) {
    let (world, receiver) = source();
    let mut client = world.database.connect().unwrap();
    not_across_midnight(&mut client);
    let expected = contents(&mut client);
    let other = Cluster::start(&stack::settings()).unwrap();
    Dump::take(&world.database.name, way, By::Superuser).restore(&other);
    let mut restored = other.connect(RESTORED).unwrap();
    make_logins(&other, &world);

    // Before it is mended: nobody sees anything, nobody works, and whoever asks is told.
    let analyst = &world.tenants[0].analyst;
    let mut seeing = cs_tests::cluster::connect(other.port, RESTORED, analyst).unwrap();
    let denied = seeing.query("select * from cs.accounts", &[]).unwrap_err();
    let is_told = denied.code() == Some(&SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE);
    let is_out = denied.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE);
    assert!(is_told || is_out, "{denied:?}");
    for call in [
        "select cs.confirm_webhooks()",
        "select cs.isolation_selftest()",
    ] {
        let (code, hint) = refusal(&mut restored, call);
        assert_eq!(code, SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE, "{call}");
        assert!(hint.contains("select cs.install()"), "{call}: {hint}");
    }
    let status = restored
        .query_one(
            "select tenant_id is null and waits_for = 'install' and error like '%select cs.install()' from cs.worker_status()",
            &[],
        )
        .unwrap();
    assert!(status.get::<_, bool>(0));
    wait_for_worker(&mut restored, RESTORED, SOON).unwrap();
    wait_sql(
        &mut restored,
        "the worker to say what it waits for",
        "select exists (select from pg_stat_activity where datname = current_database() and query like '%select cs.install()')",
    );

    restored.batch_execute("select cs.install()").unwrap();
    assert_looks_the_same(&world, &other, &mut restored);
    let failed = "select count(*) from cs.isolation_selftest() where not ok";
    assert_eq!(number(&mut restored, failed), 0);

    // It works, as a copy: what it may not send waits.
    wait_sql(
        &mut restored,
        "the worker at work",
        "select not exists (select from cs.worker_status() where waits_for = 'install')",
    );
    wait_within(
        &mut restored,
        "deliveries held",
        SOON,
        "select exists (select from cs.webhook_queue where held = 'copy')",
    );
    wait_for_another_delivery();
    assert!(receiver.requests().is_empty());
    let changed = ["webhook_queue", "schema_versions"];
    assert_eq!(
        contents_without(&mut restored, &changed),
        without(&expected, &changed)
    );
    restored
        .batch_execute("select cs.confirm_webhooks()")
        .unwrap();
    wait_sql(
        &mut restored,
        "nothing held as a copy",
        "select not exists (select from cs.webhook_queue where held = 'copy')",
    );
}

#[test]
fn a_restore_without_owners_is_mended_by_install() {
    if !long() {
        return;
    }
    is_mended(Way::WithoutOwners);
}

#[test]
fn a_restore_without_privileges_is_mended_by_install() {
    if !long() {
        return;
    }
    is_mended(Way::WithoutPrivileges);
}

#[test]
fn a_restore_without_both_is_mended_by_install() {
    is_mended(Way::WithoutOwnersAndPrivileges);
}

#[test]
fn rows_restored_into_a_fresh_install_are_all_there_and_silent() {
    let (world, receiver) = source();
    let mut client = world.database.connect().unwrap();
    not_across_midnight(&mut client);
    let expected = contents(&mut client);
    let dump = Dump::take(&world.database.name, Way::OneTransaction, By::Superuser);
    let other = Cluster::start(&stack::settings()).unwrap();
    let mut admin = other.connect("postgres").unwrap();
    admin
        .batch_execute(&format!("create database {RESTORED}"))
        .unwrap();
    let mut restored = other.connect(RESTORED).unwrap();
    restored
        .batch_execute("create extension customer_success")
        .unwrap();
    let complaints = dump.restore_rows(&other);
    // What tells of the one database is its own.
    let own = ["event_channel", "installation", "schema_versions"];
    assert_eq!(
        complaints.matches("duplicate key").count(),
        own.len(),
        "{complaints}"
    );
    wait_within(
        &mut restored,
        "deliveries held",
        SOON,
        "select exists (select from cs.webhook_queue where held = 'copy')",
    );
    let changed = [&own[..], &["webhook_queue"]].concat();
    assert_eq!(
        contents_without(&mut restored, &changed),
        without(&expected, &changed)
    );
    wait_for_another_delivery();
    assert!(receiver.requests().is_empty());
    let told = "select count(*) from cs.worker_status() where held_as_copy and waiting > 0";
    assert!(number(&mut restored, told) > 0);
}

#[test]
fn where_row_security_is_off_it_is_said_and_install_makes_the_rest() {
    let fresh = stack::database().unwrap();
    let expected = shared_snapshot(&fresh);
    let name = format!("{}_off", fresh.name);
    let mut admin = stack::with_cluster(|cluster| Ok(cluster.connect("postgres")?)).unwrap();
    for setting in ["set row_security = off", ""] {
        admin
            .batch_execute(&format!("create database {name}"))
            .unwrap();
        if setting.is_empty() {
            admin
                .batch_execute(&format!("alter database {name} set row_security = off"))
                .unwrap();
        }
        let warnings = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let heard = std::sync::Arc::clone(&warnings);
        let mut config: postgres::Config = format!(
            "host=127.0.0.1 port={} user=postgres dbname={name}",
            fresh.port
        )
        .parse()
        .unwrap();
        config.notice_callback(move |it| heard.lock().unwrap().push(it.message().to_owned()));
        let mut client = config.connect(NoTls).unwrap();
        client.batch_execute(setting).unwrap();
        client
            .batch_execute("create extension customer_success")
            .unwrap();
        let said = warnings.lock().unwrap().join("\n");
        assert!(
            said.contains("run select cs.install() for the rest"),
            "{said}"
        );
        let (code, _) = refusal(&mut client, "select cs.confirm_webhooks()");
        assert_eq!(code, SqlState::OBJECT_NOT_IN_PREREQUISITE_STATE);
        client.batch_execute("select cs.install()").unwrap();
        let made = stack::with_cluster(|cluster| Ok(snapshot::of(cluster, &name))).unwrap();
        snapshot::assert_same(&expected, &made, "not as new");
        drop(client);
        admin
            .batch_execute(&format!("drop database {name} with (force)"))
            .unwrap();
    }
}
