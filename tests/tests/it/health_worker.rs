//! The worker keeps scores fresh: marked accounts at once, every tenant in its turn, everybody once a day.

use std::time::Duration;

use cs_tests::database::Database;
use cs_tests::receiver::{Receiver, Request};
use cs_tests::stack;
use postgres::Client;

use crate::support::{SOON, number, wait_for_worker, wait_sql, wait_within};

/// The daily pass is looked for every twenty seconds.
const NEXT_PASS: Duration = Duration::from_secs(60);

/// Two tenants whose daily pass is done, with so many accounts each, called "one 1" and so on.
fn tenants(accounts: u32) -> (Database, Client) {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    wait_for_worker(&mut client, &database.name, SOON).unwrap();
    client
        .batch_execute(&format!(
            "insert into cs.tenants (slug, name) values ('one', 'One'), ('two', 'Two');
             insert into cs.health_passes (tenant_id, passed_on)
             select id, (now() at time zone 'UTC')::date from cs.tenants;
             insert into cs.accounts (tenant_id, name)
             select id, slug || ' ' || number from cs.tenants, generate_series(1, {accounts}) as number
             order by slug, number"
        ))
        .unwrap();
    (database, client)
}

/// SQL for usage of the accounts whose name is like this, once a day.
fn usage(like: &str, quantity: u32, from: u32, to: u32) -> String {
    format!(
        "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
         select tenant_id, id, kind::cs.metric_type, {quantity}, now() - day * interval '1 day'
         from cs.accounts, unnest('{{logins,feature_usage}}'::text[]) as kind, generate_series({to}, {from}) as day
         where name like '{like}';"
    )
}

/// How many accounts with such a name have a score, as SQL.
fn scored(like: &str) -> String {
    format!("select count(*) from cs.health_current where account_name like '{like}'")
}

fn text(client: &mut Client, query: &str) -> String {
    client.query_one(query, &[]).unwrap().get(0)
}

/// A playbook of tenant one that waits for drops under 40, or for moves, and posts here.
fn playbook(client: &mut Client, receiver: &Receiver, event: &str) {
    client
        .execute(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
             select id, $1::text, jsonb_build_object('event', jsonb_build_object('kind', $1::text) || $2::text::jsonb), $3::text, 0
             from cs.tenants where slug = 'one'",
            &[
                &event,
                &if event == "health_drop" { r#"{"threshold": 40}"# } else { "{}" },
                &format!("{}/{event}", receiver.url()),
            ],
        )
        .unwrap();
}

fn posted_to(path: &str) -> impl Fn(&Request) -> bool {
    move |request| request.path == path
}

const MOVE: &str = "update cs.accounts set current_stage = 'Adoption' where name = 'one 1'";

#[test]
fn usage_becomes_a_score_at_once() {
    let (_database, mut client) = tenants(2);
    client.batch_execute(&usage("one 1", 2, 40, 0)).unwrap();
    wait_sql(
        &mut client,
        "a score",
        "select count(*) = 1 from cs.health_current where account_name = 'one 1' and cause = 'data'",
    );
    assert_eq!(number(&mut client, &scored("%")), 1);
    client
        .batch_execute(
            "update cs.accounts set crm_attributes = '{\"seats\": 40}' where name = 'one 1'",
        )
        .unwrap();
    wait_sql(
        &mut client,
        "the marks' end",
        "select count(*) = 0 from cs.health_dirty",
    );
}

#[test]
fn many_accounts_of_several_tenants_are_all_computed() {
    let (_database, mut client) = tenants(200);
    client.batch_execute(&usage("%", 1, 20, 0)).unwrap();
    wait_sql(
        &mut client,
        "all scores and no mark left",
        &format!(
            "select ({}) = 400 and (select count(*) from cs.health_dirty) = 0",
            scored("%")
        ),
    );
    assert_eq!(
        number(&mut client, "select count(*) from cs.health_scores"),
        400
    );
}

#[test]
fn a_large_load_of_one_tenant_does_not_hold_up_the_other() {
    let (_database, mut client) = tenants(2000);
    client
        .batch_execute(&(usage("one %", 1, 1, 0) + &usage("two 7", 1, 20, 0)))
        .unwrap();
    wait_within(
        &mut client,
        "all scores",
        NEXT_PASS,
        &format!("select ({}) = 2001", scored("%")),
    );
    // Tenant one's marks are older, and so is its id; two comes second all the same.
    let before = "select count(*) from cs.health_current
        where computed_at < (select computed_at from cs.health_current where account_name = 'two 7')";
    let before = number(&mut client, before);
    assert!(before <= 400, "{before} of 2000 came first");
}

/// Makes the model of tenant one unreadable, or as it was.
fn break_model(client: &mut Client, weights: &str) {
    client
        .batch_execute(&format!(
            "alter table cs.health_models disable trigger t10_check;
             update cs.health_models set weights = '{weights}'
             where tenant_id = (select id from cs.tenants where slug = 'one');
             alter table cs.health_models enable trigger t10_check"
        ))
        .unwrap();
}

#[test]
fn what_cannot_be_computed_stops_neither_other_tenants_nor_deliveries() {
    let (database, mut client) = tenants(600);
    let receiver = Receiver::start(0, None).unwrap();
    database.confirm_webhooks().unwrap();
    playbook(&mut client, &receiver, "stage_enter");
    break_model(&mut client, r#"{"usage": "much"}"#);
    client
        .batch_execute(&(usage("one %", 1, 1, 0) + &usage("two %", 1, 1, 0)))
        .unwrap();
    client.batch_execute(MOVE).unwrap();
    receiver.wait(1, SOON, posted_to("/stage_enter")).unwrap();
    wait_sql(
        &mut client,
        "the scores of the other tenant",
        &format!("select ({}) = 600", scored("two %")),
    );
    wait_within(
        &mut client,
        "the end of all marks",
        NEXT_PASS,
        "select count(*) = 0 from cs.health_dirty",
    );
    assert_eq!(number(&mut client, &scored("one %")), 0);
    // Nor does it stop the daily pass, which comes to its end everywhere.
    client
        .batch_execute("update cs.health_passes set passed_on = passed_on - 1")
        .unwrap();
    wait_within(
        &mut client,
        "the pass",
        NEXT_PASS,
        "select bool_and(passed_on = (now() at time zone 'UTC')::date) from cs.health_passes",
    );
    break_model(
        &mut client,
        r#"{"usage": 25, "engagement": 25, "support": 25, "adoption": 25}"#,
    );
    client.batch_execute(&usage("one 3", 1, 1, 0)).unwrap();
    wait_sql(
        &mut client,
        "a score once the model is sound",
        &format!("select ({}) = 1", scored("one %")),
    );
}

#[test]
fn a_tenant_that_cannot_be_computed_takes_its_turn_like_the_others() {
    let (_database, mut client) = tenants(2000);
    break_model(&mut client, r#"{"usage": "much"}"#);
    client
        .batch_execute(&(usage("one %", 1, 1, 0) + &usage("two 7", 1, 1, 0)))
        .unwrap();
    wait_sql(
        &mut client,
        "the score of the other tenant",
        &format!("select ({}) = 1", scored("two 7")),
    );
    let left = number(&mut client, "select count(*) from cs.health_dirty");
    assert!(left > 0, "the other tenant came last");
}

#[test]
fn who_holds_an_account_holds_up_nobody_and_loses_no_mark() {
    let (database, mut client) = tenants(3);
    let receiver = Receiver::start(0, None).unwrap();
    database.confirm_webhooks().unwrap();
    playbook(&mut client, &receiver, "stage_enter");
    let mut holder = database.connect().unwrap();
    let mut hold = holder.transaction().unwrap();
    hold.batch_execute(
        "select from cs.accounts where name in ('one 2', 'two 2') for no key update",
    )
    .unwrap();
    client.batch_execute(&usage("%", 1, 20, 0)).unwrap();
    wait_sql(
        &mut client,
        "the scores of those that are free",
        &format!("select ({}) = 4", scored("%")),
    );
    client.batch_execute(MOVE).unwrap();
    receiver
        .wait(1, Duration::from_secs(1), posted_to("/stage_enter"))
        .unwrap();
    // Longer than the worker waits for any lock.
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(number(&mut client, &scored("%")), 4);
    hold.commit().unwrap();
    wait_sql(
        &mut client,
        "the scores of those that were held",
        &format!("select ({}) = 6", scored("%")),
    );
}

#[test]
fn who_holds_a_playbook_makes_its_drop_late_and_not_lost() {
    let (database, mut client) = tenants(1);
    let receiver = Receiver::start(0, None).unwrap();
    database.confirm_webhooks().unwrap();
    playbook(&mut client, &receiver, "health_drop");
    client
        .batch_execute("update cs.playbooks set max_executions_per_day = 5")
        .unwrap();
    let mut holder = database.connect().unwrap();
    let mut hold = holder.transaction().unwrap();
    hold.batch_execute("select from cs.playbooks for update")
        .unwrap();
    client.batch_execute(&usage("one 1", 1, 90, 31)).unwrap();
    std::thread::sleep(Duration::from_secs(6));
    assert!(receiver.requests().is_empty());
    hold.commit().unwrap();
    receiver.wait(1, SOON, posted_to("/health_drop")).unwrap();
}

#[test]
fn usage_that_arrives_while_a_model_is_published_counts() {
    let (database, mut client) = tenants(1);
    client
        .batch_execute(
            "insert into cs.users (email) values ('ada@one.test');
             insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Ada', 'Tenant Admin' from cs.tenants as tenant, cs.users as person
             where slug = 'one'",
        )
        .unwrap();
    client.batch_execute(&usage("one 1", 2, 90, 32)).unwrap();
    wait_sql(
        &mut client,
        "a score",
        &format!("select ({}) = 1", scored("%")),
    );
    let mut publisher = database.connect().unwrap();
    let mut publishing = publisher.transaction().unwrap();
    publishing
        .batch_execute("select set_config('app.current_user_id', id::text, true) from cs.users")
        .unwrap();
    publishing
        .batch_execute("select cs.publish_health_model('{\"weights\": {\"usage\": 60}}')")
        .unwrap();
    client.batch_execute(&usage("one 1", 2, 30, 0)).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    publishing.commit().unwrap();
    wait_sql(
        &mut client,
        "a score by the new model from the new usage",
        "select exists (
             select from cs.health_current as current, cs.compute_health(current.account_id) as computed
             where model_version = 2 and current.overall_score = computed.overall_score and current.overall_score > 50
         )",
    );
}

#[test]
fn an_override_ends_by_itself() {
    let (_database, mut client) = tenants(1);
    client.batch_execute(&usage("one 1", 2, 90, 0)).unwrap();
    wait_sql(
        &mut client,
        "a score",
        &format!("select ({}) = 1", scored("%")),
    );
    let computed = text(
        &mut client,
        "select overall_score::text from cs.health_current",
    );
    client
        .batch_execute(
            "insert into cs.health_overrides (tenant_id, id, account_id, score, reason, set_at, until)
             select tenant_id, gen_random_uuid(), id, 7, 'because', now(), now() + interval '2 seconds'
             from cs.accounts where name = 'one 1';
             select cs.refresh_health(array[id]) from cs.accounts where name = 'one 1'",
        )
        .unwrap();
    assert_eq!(
        text(
            &mut client,
            "select overall_score || source from cs.health_current"
        ),
        "7override"
    );
    wait_sql(
        &mut client,
        "the computed score",
        "select source = 'computed' and cause = 'override' and previous_score = 7 from cs.health_current",
    );
    assert_eq!(
        text(
            &mut client,
            "select overall_score::text from cs.health_current"
        ),
        computed
    );
    let ended =
        "select count(*) from cs.health_overrides where ended_at = until and ended_by is null";
    assert_eq!(number(&mut client, ended), 1);
}

#[test]
fn a_day_leaves_a_heartbeat_for_everybody() {
    let (_database, mut client) = tenants(120);
    client.batch_execute(&usage("%", 1, 60, 0)).unwrap();
    wait_sql(
        &mut client,
        "the scores",
        &format!("select ({}) = 240", scored("%")),
    );
    client
        .batch_execute(
            "update cs.health_scores set created_at = created_at - interval '1 day';
             update cs.health_passes set passed_on = passed_on - 1",
        )
        .unwrap();
    wait_within(
        &mut client,
        "the pass",
        NEXT_PASS,
        "select bool_and(passed_on = (now() at time zone 'UTC')::date and passed_up_to is null) from cs.health_passes",
    );
    let beats = "select count(*) from cs.health_scores
        where is_current and created_at > now() - interval '10 minutes' and previous_score is not null";
    assert_eq!(number(&mut client, beats), 240);
    assert_eq!(
        number(&mut client, "select count(*) from cs.health_scores"),
        480
    );
}

#[test]
fn a_feed_that_is_out_drops_nobody() {
    let (database, mut client) = tenants(3);
    let receiver = Receiver::start(0, None).unwrap();
    database.confirm_webhooks().unwrap();
    playbook(&mut client, &receiver, "health_drop");
    playbook(&mut client, &receiver, "stage_enter");
    client
        .batch_execute(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 70, now() - interval '5 days' from cs.accounts where name = 'one 1'",
        )
        .unwrap();
    // Hardly used lately, and nothing at all for four days: nobody in the tenant is.
    client
        .batch_execute(
            &(usage("one 1", 50, 90, 40)
                + &usage("one 1", 0, 39, 4)
                + &usage("one 2", 1, 20, 4)
                + &usage("one 3", 1, 20, 4)),
        )
        .unwrap();
    wait_sql(
        &mut client,
        "a stale score",
        "select exists (select from cs.health_current where source = 'computed' and stale_feed and overall_score < 40)",
    );
    client.batch_execute(MOVE).unwrap();
    receiver.wait(1, SOON, posted_to("/stage_enter")).unwrap();
    assert_eq!(receiver.requests().len(), 1);
    assert_eq!(
        text(
            &mut client,
            "select string_agg(result, ' ') from cs.playbook_executions where event ->> 'kind' = 'health_drop'"
        ),
        "stale_feed"
    );
}

#[test]
fn usage_that_tells_of_silence_becomes_one_delivery() {
    let (database, mut client) = tenants(1);
    let receiver = Receiver::start(0, None).unwrap();
    database.confirm_webhooks().unwrap();
    playbook(&mut client, &receiver, "health_drop");
    playbook(&mut client, &receiver, "stage_enter");
    client.batch_execute(&usage("one 1", 5, 90, 33)).unwrap();
    wait_sql(
        &mut client,
        "a score",
        &format!("select ({}) = 1", scored("%")),
    );
    client
        .batch_execute(
            "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, 90 from cs.accounts where name = 'one 1'",
        )
        .unwrap();
    receiver.clear();
    let record = "select cs.record_usage(jsonb_build_array(jsonb_build_object(
                      'account_id', id, 'metric_type', 'logins', 'metric_value', 0)))
                  from cs.accounts where name = 'one 1'";
    client.batch_execute(record).unwrap();
    let got = receiver.wait(1, SOON, |request| {
        request.path == "/health_drop"
            && request
                .json()
                .is_ok_and(|body| body["previous_score"] == 90)
    });
    let body = got.unwrap()[0].json().unwrap();
    assert_eq!(body["account_name"], "one 1");
    assert_eq!(body["risk_level"], "Critical");
    // The next one changes nothing, and what commits after it arrives.
    client.batch_execute(record).unwrap();
    wait_sql(
        &mut client,
        "the marks' end",
        "select count(*) = 0 from cs.health_dirty",
    );
    client.batch_execute(MOVE).unwrap();
    receiver.wait(1, SOON, posted_to("/stage_enter")).unwrap();
    let told_of_90 = |request: &Request| {
        request.path == "/health_drop"
            && request
                .json()
                .is_ok_and(|body| body["previous_score"] == 90)
    };
    let drops = receiver.requests().into_iter().filter(told_of_90).count();
    assert_eq!(drops, 1);
}
