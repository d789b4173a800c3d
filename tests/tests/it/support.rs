//! What several tests do.

use std::time::Duration;

use anyhow::Result;
use cs_tests::database::Database;
use cs_tests::receiver::Request;
use cs_tests::wait;
use postgres::Client;

/// For what happens at once unless something is wrong, on a machine that is busy with other tests.
pub const SOON: Duration = Duration::from_mins(1);

/// The paths of the sample's playbooks.
pub const HEALTH_ALERT: &str = "/webhook/health-alert";
pub const STAGE_TRANSITION: &str = "/webhook/stage-transition";

/// Does `make test LONG=1` run?
pub fn is_long() -> bool {
    std::env::var("CS_LONG").is_ok_and(|value| !value.is_empty())
}

/// As [`is_long`], for a test that is left out otherwise: says so.
pub fn long() -> bool {
    let long = is_long();
    if !long {
        eprintln!("left out: a long test (make test LONG=1)");
    }
    long
}

/// The change that the sample's health alert waits for.
pub const DROP_EUROPE: &str = "insert into cs.health_scores (tenant_id, account_id, overall_score)
    select tenant_id, id, 38 from cs.accounts where name = 'GlobalTech Europe'";

/// A change that the sample's stage transition waits for.
pub const MOVE_EUROPE: &str =
    "update cs.accounts set current_stage = 'Value Realization' where name = 'GlobalTech Europe'";

/// Is this a webhook about that account?
pub fn about(account: &str) -> impl Fn(&Request) -> bool {
    move |request| {
        request
            .json()
            .is_ok_and(|body| body["account_name"] == account)
    }
}

/// Has loading the sample data queued its two deliveries, and nothing since?
pub fn wait_for_sample_deliveries(receiver: &cs_tests::receiver::Receiver) {
    receiver
        .wait(2, SOON, about("TechStart Solutions"))
        .unwrap();
}

/// Waits for the next day when this one is nearly over: the worker does a new day's work at once,
/// which a test that compares all rows before and after would take for a change.
pub fn not_across_midnight(client: &mut Client) {
    const LONGEST: &str = "interval '4 minutes'";
    wait_within(
        client,
        "midnight",
        Duration::from_secs(300),
        &format!(
            "select now()::time(0) - time '00:00' < interval '1 day' - {LONGEST} and now()::time(0) > time '00:00:20'"
        ),
    );
}

/// The number that a query answers.
pub fn number(client: &mut Client, query: &str) -> i64 {
    client.query_one(query, &[]).unwrap().get(0)
}

/// Waits until a query answers true.
pub fn wait_sql(client: &mut Client, what: &str, query: &str) {
    wait::until_true(what, SOON, || Ok(client.query_one(query, &[])?.get(0))).unwrap();
}

/// As [`wait_sql`], for what may take longer.
pub fn wait_within(client: &mut Client, what: &str, within: Duration, query: &str) {
    wait::until_true(what, within, || Ok(client.query_one(query, &[])?.get(0))).unwrap();
}

/// The process of a database's worker, when there is one.
pub fn worker_pid(client: &mut Client, database: &str) -> Result<Option<u32>> {
    let row = client.query_opt(
        "select pid from pg_stat_activity
          where backend_type = 'customer_success worker' and datname = $1",
        &[&database],
    )?;
    Ok(row.and_then(|row| u32::try_from(row.get::<_, i32>(0)).ok()))
}

/// Waits for a database's worker.
pub fn wait_for_worker(client: &mut Client, database: &str, within: Duration) -> Result<u32> {
    wait::until("a worker", within, || worker_pid(client, database))
}

/// The names of the accounts that Bob of the sample sees.
pub fn accounts_bob_sees(database: &Database) -> Vec<String> {
    let mut client = database.connect().unwrap();
    let ids = client
        .query_one(
            "select u.id::text, p.tenant_id::text
               from cs.users u join cs.profiles p on p.user_id = u.id
              where u.email = 'bob@acme.com'",
            &[],
        )
        .unwrap();
    let (user, tenant): (String, String) = (ids.get(0), ids.get(1));
    let mut work = client.transaction().unwrap();
    for (setting, value) in [
        ("app.current_user_id", user),
        ("app.current_tenant_id", tenant),
    ] {
        work.execute("select set_config($1, $2, true)", &[&setting, &value])
            .unwrap();
    }
    work.batch_execute("set local role cs_member").unwrap();
    let rows = work
        .query("select name from cs.accounts order by name", &[])
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}
