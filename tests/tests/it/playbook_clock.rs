//! What fires by time: the worker finds it, each once, and not again after a restart of the server.

use std::time::Duration;

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::receiver::{Receiver, Request};
use cs_tests::{stack, wait};
use postgres::Client;

use crate::support::{SOON, number, wait_for_worker, wait_sql};

/// A moment of a timetable that names every minute, and what is looked for every minute, comes within this.
const NEXT_MINUTE: Duration = Duration::from_secs(90);

/// Two accounts; one has been in its stage for long since its playbook waits for that, the other has not.
fn prepare(cluster: &Cluster, receiver: &Receiver) -> Database {
    let database = Database::clone_template(cluster).unwrap();
    database.confirm_webhooks().unwrap();
    let mut client = database.connect().unwrap();
    let mut work = client.transaction().unwrap();
    work.batch_execute(
        "insert into cs.tenants (slug, name, settings) values ('one', 'One', '{\"time_zone\": \"America/Havana\"}');
         insert into cs.accounts (tenant_id, name)
         select tenant.id, it.name from cs.tenants as tenant, unnest('{stuck,new}'::text[]) as it (name)",
    )
    .unwrap();
    for (name, event) in [
        ("stuck", r#"{"kind": "stage_stuck"}"#),
        ("often", r#"{"kind": "schedule", "cron": "* * * * *"}"#),
        ("bad", r#"{"kind": "ticket_spike"}"#),
    ] {
        work.execute(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
             select id, $1, jsonb_build_object('event', $2::text::jsonb), $3, 0 from cs.tenants",
            &[&name, &event, &format!("{}/{name}", receiver.url())],
        )
        .unwrap();
    }
    work.batch_execute(
        "update cs.journey_history set entered_at = now() - interval '50 days'
         where account_id = (select id from cs.accounts where name = 'stuck');
         alter table cs.playbooks disable trigger user;
         update cs.playbooks set trigger_criteria = '{\"event\": {\"kind\": \"ticket_spike\", \"of\": 3}}' where name = 'bad';
         alter table cs.playbooks enable trigger user",
    )
    .unwrap();
    work.commit().unwrap();
    database
}

fn posted_to(path: &str) -> impl Fn(&Request) -> bool {
    move |request| request.path == path
}

fn runs(client: &mut Client, playbook: &str) -> i64 {
    number(
        client,
        &format!(
            "select count(*) from cs.playbook_executions
             where playbook_id = (select id from cs.playbooks where name = '{playbook}')"
        ),
    )
}

/// Moments kept since the first one, and those that there were.
const MOMENTS: &str = "
    select count(distinct at) = count(*) / 2
        and count(distinct at) = extract(epoch from max(at) - min(at)) / 60 + 1
        and count(distinct account_id) = 2
    from (
        select account_id, (event ->> 'scheduled_for')::timestamptz as at
        from cs.playbook_executions
        where event ->> 'kind' = 'schedule'
    ) as it";

#[test]
fn what_lasts_and_what_is_scheduled_fires_once_whatever_becomes_of_the_server() {
    let mut cluster = stack::own_cluster(&[]).unwrap();
    let receiver = Receiver::start(0, None).unwrap();
    let database = prepare(&cluster, &receiver);
    let mut client = database.connect().unwrap();
    wait_for_worker(&mut client, &database.name, SOON).unwrap();
    let stuck = receiver.wait(1, SOON, posted_to("/stuck")).unwrap();
    assert_eq!(stuck[0].json().unwrap()["account_name"], "stuck");
    let failure = "select count(*) = 1 from cs.worker_status() as it join cs.playbooks as bad on bad.id = it.playbook_id
        where it.step = 'playbooks' and it.error like '%of%' and bad.name = 'bad'";
    wait_sql(&mut client, "the bad playbook", failure);
    client
        .batch_execute("update cs.playbooks set is_active = false where name = 'bad'")
        .unwrap();
    wait_sql(
        &mut client,
        "its end",
        "select not exists (select from cs.worker_status() where step = 'playbooks' and error is not null)",
    );
    receiver.wait(2, NEXT_MINUTE, posted_to("/often")).unwrap();
    drop(client);
    cluster.stop().unwrap();
    cluster.run().unwrap();

    let mut client = database.connect().unwrap();
    wait_for_worker(&mut client, &database.name, SOON).unwrap();
    let before = runs(&mut client, "often");
    wait::until_true("the next minute", NEXT_MINUTE, || {
        Ok(runs(&mut client, "often") >= before + 2)
    })
    .unwrap();
    assert_eq!(runs(&mut client, "stuck"), 1);
    let all = client.query_one(MOMENTS, &[]).unwrap();
    assert!(
        all.get::<_, bool>(0),
        "a moment was kept twice or not at all"
    );
    let posted = receiver.requests();
    assert_eq!(posted.iter().filter(|it| it.path == "/stuck").count(), 1);
}
