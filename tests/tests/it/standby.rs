//! A standby is read, writes nothing and sends nothing, until it is promoted.

use cs_tests::receiver::Receiver;
use cs_tests::stack;
use postgres::error::SqlState;

use crate::support::{
    DROP_EUROPE, SOON, about, number, wait_for_sample_deliveries, wait_for_worker, wait_sql,
};

/// Functions that write, of several rooms.
const WRITING: [&str; 8] = [
    "select cs.log_activity((select id from cs.accounts limit 1), 'note', 'x')",
    "select cs.update_account((select id from cs.accounts limit 1), '{\"name\": \"x\"}')",
    "select cs.record_usage('[{\"external_id\": \"GT-001\", \"metric_type\": \"logins\", \"metric_value\": 1}]'::jsonb)",
    "select cs.upsert_account('GT-001', '{\"name\": \"x\"}')",
    "select cs.import_accounts('[{\"name\": \"x\"}]'::jsonb, dry_run => false)",
    "select * from cs.refresh_health(array(select id from cs.accounts))",
    "select cs.save_view('{\"name\": \"x\", \"page\": \"accounts\", \"criteria\": {}}')",
    "select cs.confirm_webhooks()",
];

#[test]
fn a_standby_reads_refuses_to_write_and_sends_once_promoted() {
    let origin = stack::own_cluster(&[]).unwrap();
    let receiver = Receiver::start(0, None).unwrap();
    let mut admin = origin.connect("postgres").unwrap();
    admin.batch_execute("create database origin").unwrap();
    let mut client = origin.connect("origin").unwrap();
    client
        .batch_execute("create extension customer_success")
        .unwrap();
    client
        .execute("select cs.load_sample_data($1)", &[&receiver.url()])
        .unwrap();
    wait_for_sample_deliveries(&receiver);

    let mut standby = origin.start_standby().unwrap();
    let mut reading = standby.connect("origin").unwrap();
    let accounts = "select count(*) from cs.accounts";
    let all = number(&mut client, accounts);
    wait_sql(
        &mut reading,
        "all replayed",
        &format!("select ({accounts}) = {all}"),
    );
    let bob = "select set_config('app.current_user_id', (select id::text from cs.users where email = 'admin@acme.com'), false)";
    reading.batch_execute(bob).unwrap();
    for reads in [
        "select * from cs.search_accounts()",
        "select cs.account_360((select id from cs.accounts limit 1))",
        "select * from cs.explain_health((select id from cs.accounts limit 1))",
        "select cs.executive_dashboard()",
        "select * from cs.worker_status()",
    ] {
        reading.batch_execute(reads).unwrap();
    }
    for call in WRITING {
        let error = reading.batch_execute(call).unwrap_err();
        assert_eq!(
            error.code(),
            Some(&SqlState::READ_ONLY_SQL_TRANSACTION),
            "{call}: {error:?}"
        );
    }

    // The origin is lost: what it had still to send is the standby's now.
    client
        .batch_execute("alter database origin set customer_success.webhooks_enabled = off")
        .unwrap();
    wait_for_worker(&mut admin, "origin", SOON).unwrap();
    client.batch_execute(DROP_EUROPE).unwrap();
    let due = "select exists (select from cs.webhook_queue where status = 'pending' and payload::text like '%GlobalTech Europe%')";
    wait_sql(&mut reading, "replayed", due);
    drop((client, admin));
    let mut origin = origin;
    origin.stop_immediately().unwrap();
    assert!(!receiver.requests().iter().any(about("GlobalTech Europe")));
    reading.batch_execute("select pg_promote()").unwrap();
    reading
        .batch_execute("alter database origin reset customer_success.webhooks_enabled")
        .unwrap();
    receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    standby.stop().unwrap();
}
