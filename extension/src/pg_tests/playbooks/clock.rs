//! What fires by time: once as it begins, in silence for what is there already, and again only after it has ended.

use super::standing::standing_world;
use crate::pg_tests::{lines, run};
use crate::playbooks::clock::{PassStep, find_due_passes, run_pass_step};

/// A playbook of tenant one that waits for this, without cooldown.
pub fn playbook(name: &str, criteria: &str) {
    run(&format!(
        "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
         select id, '{name}', '{criteria}', 'https://receiver.test/hook', 0 from cs.tenants where slug = 'one'"
    ));
}

/// Makes all passes that are due, for at most so many accounts in a step.
pub fn pass_in_steps(most: i64) {
    for due in find_due_passes().unwrap().due {
        let mut after = None;
        while let PassStep::More(next) =
            run_pass_step(due.tenant, due.playbook, after, most).unwrap()
        {
            after = next;
        }
    }
}

/// Makes all passes that are due.
pub fn pass() {
    pass_in_steps(100);
}

/// A day passes as far as daily passes go.
fn next_day() {
    run("update cs.playbook_passes set passed_on = passed_on - 1");
}

/// Account, result, and whether it was held back before, in their order.
pub fn runs(playbook: &str) -> Vec<String> {
    lines(&format!(
        "select concat_ws(' ', account.name, execution.result, case when execution.event ? 'held_since' then 'held' end)
         from cs.playbook_executions as execution
         join cs.playbooks as playbook on playbook.id = execution.playbook_id and playbook.name = '{playbook}'
         join cs.accounts as account on account.id = execution.account_id
         order by execution.executed_at, execution.id"
    ))
}

/// As [`runs`], without an order: accounts made in one statement have none.
fn sorted_runs(playbook: &str) -> Vec<String> {
    let mut runs = runs(playbook);
    runs.sort();
    runs
}

/// Account and whether a gate holds it back, of the entries of a playbook.
fn entries(playbook: &str) -> Vec<String> {
    lines(&format!(
        "select concat_ws(' ', account.name, case when entry.held_by is not null then 'held' end)
         from cs.playbook_entries as entry
         join cs.playbooks as playbook on playbook.id = entry.playbook_id and playbook.name = '{playbook}'
         join cs.accounts as account on account.id = entry.account_id
         order by account.name, entry.subject"
    ))
}

/// An account has been in its stage for this many days.
fn in_stage_for(account: &str, days: i32) {
    run(&format!(
        "update cs.journey_history set entered_at = now() - interval '{days} days'
         where exited_at is null and account_id = (select id from cs.accounts where name = '{account}')"
    ));
}

/// The world with everybody in a stage for ten days.
pub fn world() {
    standing_world();
    run("update cs.journey_history set entered_at = now() - interval '10 days'");
}

const STUCK: &str = r#"{"event": {"kind": "stage_stuck", "stage": "Onboarding"}}"#;
const NOTHING: [&str; 0] = [];

#[pgrx::pg_schema]
mod tests {
    use super::*;
    use crate::pg_tests::journey::{FIRST, move_to};
    use crate::pg_tests::playbooks::standing_usage::usage;
    use crate::pg_tests::{become_person, number, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn what_is_there_already_is_entered_in_silence_and_what_begins_fires_once() {
        world();
        in_stage_for("First", 50);
        playbook("Stuck", STUCK);
        assert_eq!(entries("Stuck"), ["First"]);
        pass();
        assert_eq!(runs("Stuck"), NOTHING);
        in_stage_for("Second", 50);
        for _ in 0..3 {
            pass();
            assert_eq!(runs("Stuck"), ["Second fired"]);
        }
        assert_eq!(
            text(
                "select payload ->> 'event_type' from cs.webhook_queue where payload ->> 'playbook_name' = 'Stuck'"
            ),
            Some("stage_stuck".to_owned())
        );
        assert_eq!(
            lines("select concat_ws(' ', event ->> 'stage', event ->> 'days_in_stage', event ->> 'target_days')
                   from cs.playbook_executions where event ->> 'kind' = 'stage_stuck'"),
            ["Onboarding 50 30"]
        );
    }

    #[pg_test]
    fn what_has_ended_may_begin_again() {
        world();
        playbook("Stuck", STUCK);
        in_stage_for("First", 50);
        pass();
        run("update cs.journey_stages set target_duration_days = 40 where name = 'Onboarding'");
        pass();
        assert_eq!(entries("Stuck"), NOTHING);
        run("update cs.journey_stages set target_duration_days = 30 where name = 'Onboarding'");
        pass();
        assert_eq!(runs("Stuck"), ["First fired", "First fired"]);
    }

    #[pg_test]
    fn conditions_are_asked_when_it_begins_and_never_later() {
        world();
        playbook(
            "Stuck",
            r#"{"event": {"kind": "stage_stuck"}, "when": {"field": "arr", "op": "gte", "value": 100}}"#,
        );
        run("update cs.accounts set crm_attributes = '{\"arr\": 100}' where name = 'First'");
        for account in ["First", "Second"] {
            in_stage_for(account, 50);
        }
        pass();
        assert_eq!(entries("Stuck"), ["First", "Second"]);
        run("update cs.accounts set crm_attributes = '{\"arr\": 100}'");
        pass();
        assert_eq!(runs("Stuck"), ["First fired"]);
    }

    #[pg_test]
    fn a_paused_account_is_held_back_with_one_row_and_runs_when_it_is_active_again() {
        world();
        playbook("Stuck", STUCK);
        run("update cs.accounts set status = 'Paused' where name in ('First', 'Second', 'Third')");
        for account in ["First", "Second", "Third"] {
            in_stage_for(account, 50);
        }
        for _ in 0..3 {
            pass();
            assert_eq!(
                sorted_runs("Stuck"),
                ["First paused", "Second paused", "Third paused"]
            );
            assert_eq!(
                entries("Stuck"),
                ["First held", "Second held", "Third held"]
            );
        }
        run("update cs.accounts set status = 'Active' where name = 'First'");
        run("update cs.accounts set status = 'Churned' where name = 'Second'");
        in_stage_for("Third", 1);
        pass();
        run(
            "update cs.journey_history set entered_at = now() - interval '1 hour' where exited_at is null and to_stage = 'Churned'",
        );
        pass();
        assert_eq!(
            sorted_runs("Stuck"),
            [
                "First fired held",
                "First paused",
                "Second paused",
                "Third paused"
            ]
        );
        assert_eq!(entries("Stuck"), ["First"]);
    }

    #[pg_test]
    fn who_is_lost_in_the_meantime_is_told_so_once() {
        world();
        run(
            "update cs.accounts set crm_attributes = jsonb_build_object('contract_end_date', (now() at time zone 'UTC')::date + 70)",
        );
        playbook(
            "Ending",
            r#"{"event": {"kind": "contract_ending", "days": 60}}"#,
        );
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        run("update cs.accounts set crm_attributes = jsonb_build_object('contract_end_date', (now() at time zone 'UTC')::date + 60)
             where name = 'First'");
        next_day();
        pass();
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        for _ in 0..2 {
            next_day();
            pass();
        }
        assert_eq!(runs("Ending"), ["First paused", "First churned held"]);
        assert_eq!(entries("Ending"), ["First"]);
    }

    #[pg_test]
    fn a_stay_is_not_over_while_its_end_can_be_undone() {
        world();
        playbook("Stuck", STUCK);
        in_stage_for("First", 50);
        pass();
        become_person("ada@one.test");
        move_to("Adoption");
        pass();
        assert_eq!(entries("Stuck"), ["First"]);
        run(
            "select cs.undo_stage_move(id) from cs.journey_history where exited_at is null and to_stage = 'Adoption'",
        );
        pass();
        assert_eq!(runs("Stuck"), ["First fired"]);
        assert_eq!(entries("Stuck"), ["First"]);
        move_to("Adoption");
        in_stage_for("First", 1);
        pass();
        assert_eq!(entries("Stuck"), NOTHING);
        move_to("Onboarding");
        in_stage_for("First", 50);
        pass();
        assert_eq!(runs("Stuck"), ["First fired", "First fired"]);
    }

    #[pg_test]
    fn a_wait_that_begins_again_forgets_what_it_missed() {
        world();
        playbook("Stuck", STUCK);
        for (stop, go_on) in [
            ("paused_at = now()", "paused_at = null"),
            ("is_active = false", "is_active = true"),
            ("deleted_at = now()", "deleted_at = null"),
        ] {
            run("update cs.journey_history set entered_at = now() - interval '10 days'");
            pass();
            run(&format!(
                "update cs.playbooks set {stop} where name = 'Stuck'"
            ));
            in_stage_for("First", 50);
            pass();
            run(&format!(
                "update cs.playbooks set {go_on} where name = 'Stuck'"
            ));
            pass();
            assert_eq!(
                (runs("Stuck"), entries("Stuck").len()),
                (Vec::new(), 1),
                "{stop}"
            );
        }
        // Another name is no other wait, another stage is.
        run("update cs.journey_history set entered_at = now() - interval '10 days'");
        pass();
        in_stage_for("Second", 50);
        run(
            "update cs.playbooks set name = 'Still stuck', cooldown_minutes = 1 where name = 'Stuck'",
        );
        pass();
        assert_eq!(runs("Still stuck"), ["Second fired"]);
        run(&format!(
            "update cs.playbooks set trigger_criteria = '{STUCK}' where name = 'Still stuck'"
        ));
        assert_eq!(entries("Still stuck"), ["Second"]);
        run(
            "update cs.playbooks set trigger_criteria = '{\"event\": {\"kind\": \"manual\"}}' where name = 'Still stuck'",
        );
        assert_eq!(entries("Still stuck"), NOTHING);
    }

    #[pg_test]
    fn what_comes_by_the_day_is_looked_for_once_a_day() {
        world();
        let absent = r#"{"event": {"kind": "metric_absent", "metric": "logins", "days": 14}}"#;
        usage("First", "logins", "1", "values (interval '15 days')");
        playbook("Absent", absent);
        usage("Second", "logins", "1", "values (interval '15 days')");
        pass();
        assert_eq!(runs("Absent"), NOTHING);
        next_day();
        pass();
        assert_eq!(runs("Absent"), ["Second fired"]);
        // Seen again and gone again, it begins again, also where no pass saw it in between.
        usage("First", "logins", "1", "values (interval '14 days')");
        next_day();
        pass();
        assert_eq!(runs("Absent"), ["Second fired", "First fired"]);
        assert_eq!(find_due_passes().unwrap().due.len(), 0);
    }

    #[pg_test]
    fn a_feed_that_is_out_holds_back_until_it_is_back_and_it_still_holds() {
        world();
        for account in ["First", "Second", "Third"] {
            usage(
                account,
                "logins",
                "1",
                "select day * interval '1 day' from generate_series(10, 80) as day",
            );
        }
        playbook(
            "Less",
            r#"{"event": {"kind": "usage_decline", "metric": "logins", "percent": 90, "days": 30}}"#,
        );
        assert_eq!(entries("Less"), NOTHING);
        run("update cs.usage_metrics set recorded_at = recorded_at - interval '18 days'");
        for _ in 0..2 {
            next_day();
            pass();
        }
        assert_eq!(
            sorted_runs("Less"),
            ["First stale_feed", "Second stale_feed", "Third stale_feed"]
        );
        // The feed is back, and shows that First was there all the time.
        usage(
            "First",
            "logins",
            "1",
            "select day * interval '1 day' from generate_series(0, 27) as day",
        );
        usage("Second", "logins", "1", "values (interval '0')");
        next_day();
        pass();
        assert_eq!(
            sorted_runs("Less"),
            [
                "First stale_feed",
                "Second fired held",
                "Second stale_feed",
                "Third fired held",
                "Third stale_feed"
            ]
        );
        assert_eq!(entries("Less"), ["Second", "Third"]);
    }

    #[pg_test]
    fn steps_of_one_account_come_to_the_same() {
        world();
        playbook("Stuck", r#"{"event": {"kind": "stage_stuck"}}"#);
        playbook(
            "Absent",
            r#"{"event": {"kind": "metric_absent", "metric": "logins", "days": 14}}"#,
        );
        run("insert into cs.accounts (tenant_id, name)
             select id, 'Account ' || number from cs.tenants, generate_series(1, 30) as number where slug = 'one'");
        run("update cs.journey_history set entered_at = now() - interval '50 days'");
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
             select tenant_id, id, 'logins', 1, now() - interval '20 days' from cs.accounts");
        next_day();
        for most in [1, 7] {
            pass_in_steps(most);
            for playbook in ["Stuck", "Absent"] {
                let mut ran = runs(playbook);
                assert_eq!(ran.len(), 33, "{playbook} {most}");
                ran.dedup();
                assert_eq!(ran.len(), 33, "{playbook} {most}");
            }
        }
    }

    #[pg_test]
    fn a_bad_playbook_and_a_bad_tenant_fail_alone() {
        world();
        playbook("Stuck", STUCK);
        playbook("Bad", STUCK);
        playbook(
            "Absent",
            r#"{"event": {"kind": "metric_absent", "metric": "logins", "days": 14}}"#,
        );
        run("set local session_replication_role = replica;
             update cs.playbooks set trigger_criteria = '{\"event\": {\"kind\": \"stage_stuck\", \"stage\": 7}}' where name = 'Bad';
             set local session_replication_role = origin");
        in_stage_for("First", 50);
        let mut failed = Vec::new();
        for due in find_due_passes().unwrap().due {
            if let Err(fault) = run_pass_step(due.tenant, due.playbook, None, 100) {
                failed.push(fault.message().to_owned());
            }
        }
        assert_eq!(
            failed,
            ["trigger_criteria.event.stage must be the name or id of a stage"]
        );
        assert_eq!(runs("Stuck"), ["First fired"]);
        run("insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url)
             select id, 'Absent', '{\"event\": {\"kind\": \"metric_absent\", \"metric\": \"logins\", \"days\": 14}}', 'https://receiver.test/'
             from cs.tenants where slug = 'two'");
        run("set local session_replication_role = replica;
             update cs.tenants set settings = '{\"time_zone\": \"Nowhere\"}' where slug = 'two';
             set local session_replication_role = origin");
        next_day();
        let found = find_due_passes().unwrap();
        assert_eq!(found.due.len(), 3);
        assert_eq!(found.failed.len(), 1);
        assert!(found.failed[0].1.contains("Nowhere"), "{:?}", found.failed);
    }

    #[pg_test]
    fn a_tenant_or_account_that_is_gone_leaves_nothing() {
        world();
        playbook("Stuck", STUCK);
        in_stage_for("First", 50);
        pass();
        run("update cs.tenants set is_active = false where slug = 'one'");
        assert_eq!(find_due_passes().unwrap().due.len(), 0);
        run("update cs.tenants set is_active = true where slug = 'one'");
        run(&format!("delete from cs.accounts where id = {FIRST}"));
        assert_eq!(number("select count(*) from cs.playbook_entries"), 0);
        pass();
    }
}
