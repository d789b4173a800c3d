//! From a committed change to a delivered webhook.

use std::time::{Duration, Instant};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use cs_tests::receiver::{Answer, Receiver, Request};
use cs_tests::stack;
use postgres::Client;
use standardwebhooks::Webhook;

use crate::support::{
    DROP_EUROPE, HEALTH_ALERT, MOVE_EUROPE, SOON, STAGE_TRANSITION, about, number,
    wait_for_sample_deliveries, wait_for_worker, wait_sql,
};

const BRIEFS_KEYS: [&str; 10] = [
    "account_id",
    "account_name",
    "health_score",
    "previous_score",
    "risk_level",
    "stage",
    "arr",
    "csm_email",
    "csm_name",
    "triggered_at",
];

/// The sample, its own two deliveries out of the way.
fn quiet_sample() -> (cs_tests::database::Database, Receiver, Client) {
    let (database, receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    wait_for_sample_deliveries(&receiver);
    let client = database.connect().unwrap();
    (database, receiver, client)
}

/// Does an independent library accept the signature, made with the secret of that playbook?
fn verify(client: &mut Client, playbook: &str, request: &Request) {
    let secret: String = client
        .query_one(
            "select webhook_secret from cs.playbooks where name = $1",
            &[&playbook],
        )
        .unwrap()
        .get(0);
    let headers: HeaderMap = request
        .headers
        .iter()
        .map(|(name, value)| {
            (
                name.parse::<HeaderName>().unwrap(),
                value.parse::<HeaderValue>().unwrap(),
            )
        })
        .collect();
    let webhook = Webhook::new(&secret).unwrap();
    webhook.verify(request.body.as_bytes(), &headers).unwrap();
    let forged = request.body.replace("GlobalTech", "Globaltech");
    assert!(webhook.verify(forged.as_bytes(), &headers).is_err());
}

#[test]
fn a_health_drop_arrives_within_a_second_with_the_briefs_keys_and_a_good_signature() {
    let (_database, receiver, mut client) = quiet_sample();
    let committed = {
        client.batch_execute(DROP_EUROPE).unwrap();
        Instant::now()
    };
    let got = receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    assert!(
        committed.elapsed() < Duration::from_secs(1),
        "took {:?}",
        committed.elapsed()
    );
    assert_eq!(got.len(), 1);
    let request = &got[0];
    assert_eq!(request.path, HEALTH_ALERT);
    assert_eq!(request.header("content-type"), "application/json");
    let body = request.json().unwrap();
    for key in BRIEFS_KEYS {
        assert!(body.get(key).is_some(), "{key} is missing in {body}");
    }
    assert_eq!(body["health_score"], 38);
    assert_eq!(body["previous_score"], 72);
    assert_eq!(body["risk_level"], "Critical");
    assert_eq!(body["stage"], "Adoption");
    assert_eq!(body["arr"], 45000);
    assert_eq!(body["csm_email"], "admin@acme.com");
    assert_eq!(body["csm_name"], "Alice Administrator");
    verify(&mut client, "Health alert", request);
    wait_sql(
        &mut client,
        "the result in the queue",
        &format!(
            "select count(*) = 1 from cs.webhook_queue
              where id = '{}' and status = 'completed' and attempts = 1
                and response_status = 200 and processed_at is not null",
            request.header("webhook-id")
        ),
    );
    let fired = format!(
        "select count(*) from cs.playbook_executions
          where webhook_id = '{}' and result = 'fired'",
        request.header("webhook-id")
    );
    assert_eq!(number(&mut client, &fired), 1);
}

#[test]
fn a_change_that_is_rolled_back_sends_nothing() {
    let (_database, receiver, mut client) = quiet_sample();
    let mut work = client.transaction().unwrap();
    work.batch_execute(DROP_EUROPE).unwrap();
    work.rollback().unwrap();
    // What commits afterwards arrives, so that what was rolled back would have arrived too.
    client.batch_execute(MOVE_EUROPE).unwrap();
    receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    let paths: Vec<_> = receiver
        .requests()
        .into_iter()
        .filter(about("GlobalTech Europe"))
        .collect();
    assert_eq!(paths.len(), 1);
    assert_eq!(paths[0].path, STAGE_TRANSITION);
    let left =
        "select count(*) from cs.playbook_executions e join cs.accounts a on a.id = e.account_id
                 where a.name = 'GlobalTech Europe' and e.event ->> 'kind' = 'health_drop'";
    assert_eq!(number(&mut client, left), 0);
}

#[test]
fn a_move_to_another_stage_arrives_as_a_stage_transition() {
    let (_database, receiver, mut client) = quiet_sample();
    client.batch_execute(MOVE_EUROPE).unwrap();
    let got = receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    assert_eq!(got[0].path, STAGE_TRANSITION);
    let body = got[0].json().unwrap();
    assert_eq!(body["stage"], "Value Realization");
    assert_eq!(body["previous_stage"], "Adoption");
    verify(&mut client, "Stage transition", &got[0]);
    let open = "select count(*) from cs.journey_history h join cs.accounts a on a.id = h.account_id
                 where a.name = 'GlobalTech Europe' and h.exited_at is null
                   and h.from_stage = 'Adoption' and h.to_stage = 'Value Realization'";
    assert_eq!(number(&mut client, open), 1);
}

#[test]
fn an_answer_of_500_is_tried_again_under_the_same_id() {
    let (_database, receiver, mut client) = quiet_sample();
    receiver.script(HEALTH_ALERT, [Answer::status(500)]);
    client.batch_execute(DROP_EUROPE).unwrap();
    let got = receiver.wait(2, SOON, about("GlobalTech Europe")).unwrap();
    assert_eq!(got.len(), 2);
    assert_eq!(got[0].header("webhook-id"), got[1].header("webhook-id"));
    verify(&mut client, "Health alert", &got[1]);
    wait_sql(
        &mut client,
        "two attempts in the queue",
        &format!(
            "select count(*) = 1 from cs.webhook_queue
              where id = '{}' and status = 'completed' and attempts = 2 and response_status = 200",
            got[0].header("webhook-id")
        ),
    );
}

#[test]
fn an_answer_of_400_is_tried_again_under_the_same_id() {
    let (_database, receiver, mut client) = quiet_sample();
    receiver.script(HEALTH_ALERT, [Answer::status(400)]);
    client.batch_execute(DROP_EUROPE).unwrap();
    let got = receiver.wait(2, SOON, about("GlobalTech Europe")).unwrap();
    assert_eq!(got[0].header("webhook-id"), got[1].header("webhook-id"));
    let id = got[0].header("webhook-id");
    wait_sql(
        &mut client,
        "a completed row in the queue, and the try before it",
        &format!(
            "select exists (select from cs.webhook_queue
                 where id = '{id}' and status = 'completed' and attempts = 2 and response_status = 200)
             and exists (select from cs.webhook_attempts
                 where delivery_id = '{id}' and attempt = 1 and response_status = 400)"
        ),
    );
}

#[test]
fn a_clone_sends_nothing_until_it_is_confirmed() {
    let (clone, silent) = stack::sample_database().unwrap();
    let mut client = clone.connect().unwrap();
    wait_for_worker(&mut client, &clone.name, SOON).unwrap();
    client.batch_execute(DROP_EUROPE).unwrap();
    // Elsewhere deliveries go their way meanwhile.
    let (_database, receiver, mut other) = quiet_sample();
    other.batch_execute(DROP_EUROPE).unwrap();
    receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    assert!(silent.requests().is_empty());
    let tried = "select count(*) from cs.webhook_queue where status = 'pending' and attempts > 0";
    assert_eq!(number(&mut client, tried), 0);
    clone.confirm_webhooks().unwrap();
    silent.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    wait_for_sample_deliveries(&silent);
}

#[test]
fn a_receiver_that_is_gone_switches_its_playbook_off() {
    let (_database, receiver, mut client) = quiet_sample();
    receiver.script(HEALTH_ALERT, [Answer::status(410)]);
    client.batch_execute(DROP_EUROPE).unwrap();
    receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    wait_sql(
        &mut client,
        "the playbook switched off and the delivery failed",
        "select (select not is_active from cs.playbooks where name = 'Health alert')
            and exists (select from cs.webhook_queue where status = 'failed' and response_status = 410)",
    );
}

#[test]
fn a_delivery_whose_row_is_locked_is_recorded_once_it_is_free_and_holds_up_nobody() {
    let (database, receiver, mut client) = quiet_sample();
    receiver.script(
        HEALTH_ALERT,
        [Answer::status(200).after(Duration::from_secs(1))],
    );
    client.batch_execute(DROP_EUROPE).unwrap();
    wait_sql(
        &mut client,
        "a delivery under way",
        "select exists (select from cs.webhook_queue where status = 'processing')",
    );
    let mut holder = database.connect().unwrap();
    let mut hold = holder.transaction().unwrap();
    hold.batch_execute("select from cs.webhook_queue where status = 'processing' for update")
        .unwrap();
    receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
    client.batch_execute(MOVE_EUROPE).unwrap();
    wait_sql(
        &mut client,
        "the other delivery",
        "select count(*) = 2 from cs.webhook_queue where status = 'completed' and payload ->> 'event_type' = 'stage_enter'",
    );
    assert_eq!(
        number(
            &mut client,
            "select count(*) from cs.webhook_queue where status = 'processing'"
        ),
        1
    );
    hold.commit().unwrap();
    wait_sql(
        &mut client,
        "the locked delivery, tried once",
        "select exists (select from cs.webhook_queue where status = 'completed' and attempts = 1
            and payload ->> 'account_name' = 'GlobalTech Europe' and payload ->> 'event_type' = 'health_drop')",
    );
}
