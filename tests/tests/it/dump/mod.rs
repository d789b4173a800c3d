//! A dump, restored into a brand-new cluster, is the same database, and does not call anybody.

mod incomplete;
mod sight;
mod subscriber;
mod upgraded;
mod ways;

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::receiver::Receiver;
use cs_tests::stack;
use postgres::Client;

use crate::lifecycle::contents;
use crate::snapshot;
use crate::support::{
    DROP_EUROPE, SOON, about, long, not_across_midnight, number, wait_for_sample_deliveries,
    wait_for_worker, wait_sql,
};
use crate::world::World;
use ways::{By, Dump, RESTORED, Way};

/// What a DBA adds of their own: an index on a table of ours, and a view over it.
const OWN_OBJECTS: &str = "
    create index dba_own on cs.accounts (tenant_id, created_at);
    create view public.dba_own as select name, arr from cs.accounts;
    comment on view public.dba_own is 'for the monthly report'";

/// Whether they are there, and what the view shows.
const OWN_OBJECTS_NOW: &str = "
    select concat_ws(' | ', pg_get_indexdef('cs.dba_own'::regclass), pg_get_viewdef('public.dba_own'::regclass),
               obj_description('public.dba_own'::regclass, 'pg_class'),
               (select string_agg(own::text, ', ' order by own::text) from public.dba_own as own))";

const HISTORIES: [&str; 5] = [
    "journey_history",
    "arr_history",
    "playbook_executions",
    "webhook_queue",
    "audit_log",
];

fn own_objects(client: &mut Client) -> String {
    client.query_one(OWN_OBJECTS_NOW, &[]).unwrap().get(0)
}

fn shared_snapshot(database: &Database) -> String {
    stack::with_cluster(|cluster| Ok(snapshot::of(cluster, &database.name))).unwrap()
}

/// Two tenants with rows in every table, and a delivery that would go out at once if it might.
fn source() -> (World, Receiver) {
    let world = World::new();
    let receiver = Receiver::start(0, None).unwrap();
    let mut client = world.database.connect().unwrap();
    client.batch_execute(OWN_OBJECTS).unwrap();
    client
        .execute(
            "update cs.playbooks set webhook_url = $1",
            &[&format!("{}/webhook/restored", receiver.url())],
        )
        .unwrap();
    client
        .batch_execute(
            "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, event_id, payload)
             select tenant_id, p.id, a.id, gen_random_uuid(), '{}'
               from cs.playbooks p join cs.accounts a using (tenant_id) limit 1",
        )
        .unwrap();
    (world, receiver)
}

/// The log-ins of the world: no dump of a database carries them.
fn make_logins(other: &Cluster, world: &World) {
    let mut admin = other.connect("postgres").unwrap();
    let analysts = world.tenants.iter().map(|tenant| &tenant.analyst);
    for login in analysts.chain([&world.bare]) {
        admin
            .batch_execute(&format!("create role {login} login in role cs_member"))
            .unwrap();
    }
}

/// The same catalogue; people see the same, and who is nobody nothing.
fn assert_looks_the_same(world: &World, other: &Cluster, restored: &mut Client) {
    snapshot::assert_same(
        &shared_snapshot(&world.database),
        &snapshot::of(other, RESTORED),
        "restored is not as dumped",
    );
    snapshot::assert_same(
        &sight::of_all(world, world.database.port, &world.database.name).join("\n"),
        &sight::of_all(world, other.port, RESTORED).join("\n"),
        "people see something else",
    );
    let none = Vec::<String>::new();
    assert_eq!(sight::of_nobody(world, other.port, RESTORED), none);
    assert_eq!(sight::privileges_of_public(restored), none);
}

/// What is in a database, but for these tables.
fn contents_without(client: &mut Client, tables: &[&str]) -> Vec<String> {
    without(&contents(client), tables)
}

fn without(contents: &[String], tables: &[&str]) -> Vec<String> {
    let is_of = |line: &String, table: &&str| line.starts_with(&format!("cs.{table}:"));
    let mut lines = contents.to_vec();
    lines.retain(|line| !tables.iter().any(|table| is_of(line, table)));
    lines
}

fn comes_back_the_same(way: Way, by: By) {
    let (world, receiver) = source();
    let mut client = world.database.connect().unwrap();
    not_across_midnight(&mut client);
    let expected = contents(&mut client);
    for table in HISTORIES {
        let empty = format!("cs.{table}: 0 ");
        assert!(
            !expected.iter().any(|line| line.starts_with(&empty)),
            "{table} is empty: nothing in it could be doubled"
        );
    }
    let dump = Dump::take(&world.database.name, way, by);
    assert_eq!(contents(&mut client), expected, "changed while dumped");

    let other = Cluster::start(&stack::settings()).unwrap();
    dump.restore(&other);
    let mut restored = other.connect(RESTORED).unwrap();
    assert_eq!(contents(&mut restored), expected);
    assert_eq!(own_objects(&mut restored), own_objects(&mut client));
    make_logins(&other, &world);
    assert_looks_the_same(&world, &other, &mut restored);

    wait_for_worker(&mut restored, RESTORED, SOON).unwrap();
    wait_for_another_delivery();
    assert_eq!(contents(&mut restored), expected, "the worker changed it");
    assert!(receiver.requests().is_empty());
}

#[test]
fn pg_restore_in_one_transaction_brings_all_back() {
    comes_back_the_same(Way::OneTransaction, By::Superuser);
}

#[test]
fn pg_restore_in_parallel_brings_all_back() {
    if !long() {
        return;
    }
    comes_back_the_same(Way::TwoJobs, By::Superuser);
}

#[test]
fn psql_brings_all_back() {
    if !long() {
        return;
    }
    comes_back_the_same(Way::Psql, By::Superuser);
}

#[test]
fn row_security_in_the_restore_changes_nothing() {
    if !long() {
        return;
    }
    comes_back_the_same(Way::RowSecurity, By::Superuser);
}

#[test]
fn row_security_in_a_plain_dump_changes_nothing() {
    if !long() {
        return;
    }
    comes_back_the_same(Way::PsqlRowSecurity, By::Superuser);
}

#[test]
fn a_dump_of_the_backup_role_brings_all_back() {
    if !long() {
        return;
    }
    comes_back_the_same(Way::OneTransaction, By::Backup);
}

#[test]
fn a_restored_dump_works_and_is_silent_until_confirmed() {
    let (database, receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    wait_for_sample_deliveries(&receiver);
    let mut source = database.connect().unwrap();
    not_across_midnight(&mut source);
    wait_sql(
        &mut source,
        "the sample's deliveries recorded",
        "select count(*) = 0 from cs.webhook_queue where status = 'processing' or (status = 'pending' and run_at <= now())",
    );
    let expected = contents(&mut source);

    let other = Cluster::start(&stack::settings()).unwrap();
    Dump::take(&database.name, Way::OneTransaction, By::Superuser).restore(&other);
    let mut restored = other.connect(RESTORED).unwrap();
    assert_eq!(contents(&mut restored), expected);

    // The restored database works, but keeps what it would send.
    wait_for_worker(&mut restored, RESTORED, SOON).unwrap();
    restored.batch_execute(DROP_EUROPE).unwrap();
    let due = "select count(*) from cs.webhook_queue where status = 'pending' and attempts = 0 and run_at <= now()";
    assert_eq!(number(&mut restored, due), 1);
    wait_for_another_delivery();
    assert_eq!(number(&mut restored, due), 1);
    let about_europe = about("GlobalTech Europe");
    assert!(!receiver.requests().iter().any(&about_europe));
    restored
        .batch_execute("select cs.confirm_webhooks()")
        .unwrap();
    receiver.wait(1, SOON, about_europe).unwrap();
}

/// Long enough for a delivery to go its way elsewhere.
fn wait_for_another_delivery() {
    let (database, receiver): (_, Receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    wait_for_sample_deliveries(&receiver);
}
