//! A tenant that holds rows of its own makes its own work late, and nobody else's.

use super::Neighbours;
use crate::support::{SOON, number, wait_sql};
use cs_tests::receiver::Answer;
use std::time::Duration;

/// A step that waits for a held row would wait as long as this, once for each row.
const WHILE_HELD: Duration = Duration::from_secs(5);

#[test]
fn answers_of_410_and_a_held_playbook_delay_no_other_delivery() {
    let mut both = Neighbours::new(&["bad", "good"], 80);
    both.receiver
        .script("/bad", std::iter::repeat_n(Answer::status(410), 80));
    let mut holder = both.linked_admin("bad");
    let mut hold = holder.transaction().unwrap();
    hold.batch_execute("select from cs.playbooks for no key update")
        .unwrap();
    both.admin
        .batch_execute("update cs.accounts set current_stage = 'Adoption' where name like 'bad %'")
        .unwrap();
    both.receiver
        .wait(1, SOON, |request| request.path == "/bad")
        .unwrap();
    for round in 1..=5 {
        both.move_to(&format!("good {round}"), "Adoption");
        both.receiver
            .wait(round, WHILE_HELD, |request| request.path == "/good")
            .unwrap();
    }
    // What became of them is written meanwhile, the first answer holds the rest; only the switch waits.
    wait_sql(
        &mut both.admin,
        "the outcomes",
        "select count(*) = 80 and bool_or(held is null) from cs.webhook_queue
         where status = 'failed' and response_status = 410 or held = 'playbook'",
    );
    let active = "select count(*) from cs.playbooks where is_active";
    assert_eq!(number(&mut both.admin, active), 2);
    hold.commit().unwrap();
    wait_sql(
        &mut both.admin,
        "the switch",
        "select string_agg(slug, ' ') = 'good' from cs.playbooks
         join cs.tenants on tenants.id = tenant_id where playbooks.is_active",
    );
}

#[test]
fn every_row_that_a_tenant_can_hold_makes_only_its_own_work_late() {
    let mut both = Neighbours::new(&["bad", "good"], 3);
    both.admin
        .batch_execute(
            "insert into cs.health_overrides (tenant_id, id, account_id, score, reason, set_at, until)
             select tenant_id, gen_random_uuid(), id, 50, 'because', now(), now() + interval '1 second'
             from cs.accounts where name in ('bad 3', 'good 3');
             insert into cs.health_passes (tenant_id, passed_on) select id, current_date - 2 from cs.tenants
             on conflict (tenant_id) do update set passed_on = current_date - 2",
        )
        .unwrap();
    let tables = both
        .admin
        .query(
            "select relname::text from pg_class where relnamespace = 'cs'::regnamespace and relkind = 'r' order by 1",
            &[],
        )
        .unwrap();
    let mut holder = both.linked_admin("bad");
    let mut hold = holder.transaction().unwrap();
    let mut held = Vec::new();
    for table in tables.iter().map(|row| row.get::<_, String>(0)) {
        for strength in ["update", "no key update", "share", "key share"] {
            let mut attempt = hold.transaction().unwrap();
            let lock =
                format!("select count(*) from (select from cs.{table} for {strength}) as held");
            if attempt.batch_execute(&lock).is_ok() {
                attempt.commit().unwrap();
                held.push(table);
                break;
            }
        }
    }
    assert!(held.len() > 5, "{held:?}");
    both.record_usage("good %");
    // Usage of the held accounts would wait for the holder itself.
    both.admin
        .batch_execute(
            "insert into cs.health_dirty (tenant_id, account_id, by_usage)
             select tenant_id, id, true from cs.accounts where name like 'bad %'",
        )
        .unwrap();
    both.wait_scored("good %");
    both.wait_delivered("good");
    wait_sql(
        &mut both.admin,
        "the end of the other's override",
        "select bool_and(ended_at is not null) from cs.health_overrides
         join cs.tenants on tenants.id = tenant_id where slug = 'good'",
    );
    crate::support::wait_within(
        &mut both.admin,
        "the other's daily pass",
        Duration::from_secs(60),
        "select passed_on >= (now() at time zone 'UTC')::date from cs.health_passes
         join cs.tenants on tenants.id = tenant_id where slug = 'good'",
    );
    hold.commit().unwrap();
    both.record_usage("bad %");
    both.wait_scored("bad %");
    both.wait_delivered("bad");
    wait_sql(
        &mut both.admin,
        "nothing that stands still",
        "select not exists (select from cs.worker_status() where error is not null)",
    );
}
