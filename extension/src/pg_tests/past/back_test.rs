//! The call that tests a playbook over the past: what it takes, who may make it, and cases whose answer is known.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::past::time::let_days_pass;
    use crate::pg_tests::playbooks::{quiet_world, score};
    use crate::pg_tests::{become_person, fails_with, lines, run};
    use pgrx::prelude::*;

    /// Whole days ago, account, result.
    fn tested(when: &str, event: &str, limits: &str, days: i64) -> Vec<String> {
        lines(&format!(
            "select concat_ws(' ', round(extract(epoch from now() - at) / 86400), account_name, result)
             from cs.backtest_playbook($json${when}$json$, $json${event}$json$, $json${limits}$json$, {days})
             order by round(extract(epoch from now() - at) / 86400) desc, account_name"
        ))
    }

    const DROP: &str = r#"{"kind": "health_drop", "threshold": 40}"#;

    #[pg_test]
    fn conditions_hold_as_of_then() {
        quiet_world();
        become_person("ada@one.test");
        run("update cs.accounts set crm_attributes = '{\"arr\": 500}' where name = 'First'");
        score("First", 30);
        let_days_pass(5);
        score("First", 90);
        run("update cs.accounts set crm_attributes = '{\"arr\": 5000}' where name = 'First'");
        let_days_pass(5);
        score("First", 20);
        let_days_pass(1);
        run("update cs.accounts set crm_attributes = '{\"arr\": 1}' where name = 'First'");
        let rich = r#"{"field": "arr", "op": "gte", "value": 1000}"#;
        assert_eq!(
            tested("null", DROP, "null", 30),
            ["11 First fired", "1 First fired"]
        );
        assert_eq!(tested(rich, DROP, "null", 30), ["1 First fired"]);
        assert_eq!(tested("null", DROP, "null", 5), ["1 First fired"]);
        let long = r#"{"cooldown_minutes": 14401}"#;
        assert_eq!(
            tested("null", DROP, long, 30),
            ["11 First fired", "1 First cooldown"]
        );
    }

    #[pg_test]
    fn what_a_gate_held_back_fires_when_it_opens_if_it_still_holds() {
        quiet_world();
        become_person("ada@one.test");
        run("update cs.accounts set status = 'Paused' where name in ('First', 'Second')");
        score("First", 30);
        score("Second", 30);
        let_days_pass(2);
        score("Second", 50);
        let_days_pass(1);
        run("update cs.accounts set status = 'Active' where name in ('First', 'Second')");
        let_days_pass(1);
        assert_eq!(
            tested("null", DROP, "null", 30),
            ["4 First paused", "4 Second paused", "1 First fired"]
        );
        assert_eq!(
            lines(&format!(
                "select (event ->> 'held_since' is not null)::text from cs.backtest_playbook(null, '{DROP}')"
            )),
            ["false", "false", "true"]
        );
    }

    #[pg_test]
    fn a_cap_counts_by_the_day_of_the_tenant() {
        quiet_world();
        become_person("ada@one.test");
        run(
            "update cs.tenants set settings = '{\"time_zone\": \"Pacific/Kiritimati\"}' where slug = 'one'",
        );
        let_days_pass(5);
        // The same day in UTC, two in Kiritimati, whose midnight is ten in the morning.
        run("insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 30, (now() at time zone 'UTC')::date - interval '2 days' + case name when 'First' then interval '9 hours' else interval '11 hours' end
             from cs.accounts where name in ('First', 'Second') order by name");
        let one = r#"{"max_executions_per_day": 1}"#;
        let results = |limits: &str| {
            lines(&format!(
                "select account_name || ' ' || result from cs.backtest_playbook(null, '{DROP}', '{limits}')"
            ))
        };
        assert_eq!(results(one), ["First fired", "Second fired"]);
        run("insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, value, (now() at time zone 'UTC')::date - interval '2 days' + hours * interval '1 hour'
             from cs.accounts, (values (90, 12), (20, 13)) as it (value, hours) where name = 'Second'");
        assert_eq!(
            results(one),
            ["First fired", "Second fired", "Second daily_cap"]
        );
        let slow = r#"{"max_executions_per_day": 1, "cooldown_minutes": 121}"#;
        assert_eq!(
            results(slow),
            ["First fired", "Second fired", "Second cooldown"]
        );
    }

    #[pg_test]
    fn a_timetable_comes_for_all_who_meet_the_conditions_then() {
        quiet_world();
        become_person("ada@one.test");
        let_days_pass(1);
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        let_days_pass(3);
        let noon = r#"{"kind": "schedule", "cron": "0 12 * * *"}"#;
        let stage = r#"{"field": "stage", "op": "eq", "value": "renewal"}"#;
        let count = |when: &str| tested(when, noon, r#"{"cooldown_minutes": 0}"#, 10).len();
        // Accounts are four days old; the first has been in the stage for three.
        assert_eq!((count("null"), count(stage)), (8, 3));
    }

    #[pg_test]
    fn what_is_stuck_begins_at_its_moment_and_once() {
        quiet_world();
        become_person("ada@one.test");
        run("update cs.journey_stages set target_duration_days = 10 where name = 'Onboarding'");
        let_days_pass(20);
        let stuck = r#"{"kind": "stage_stuck"}"#;
        assert_eq!(
            tested("null", stuck, "null", 30),
            ["5 First fired", "5 Second fired"]
        );
        assert_eq!(tested("null", stuck, "null", 4), Vec::<String>::new());
        // A move that was taken back ends nothing; a target that grows does, and it may begin again.
        run("update cs.accounts set current_stage = 'Adoption' where name = 'First'");
        run(
            "select cs.undo_stage_move((select stay.id from cs.journey_history as stay join cs.accounts as account on account.id = stay.account_id where name = 'First' and exited_at is null))",
        );
        assert_eq!(
            tested("null", stuck, "null", 30),
            ["5 First fired", "5 Second fired"]
        );
        run("update cs.journey_stages set target_duration_days = 100 where name = 'Onboarding'");
        let_days_pass(2);
        run("update cs.journey_stages set target_duration_days = 5 where name = 'Onboarding'");
        assert_eq!(
            tested("null", stuck, "null", 30),
            [
                "7 First fired",
                "7 Second fired",
                "0 First fired",
                "0 Second fired"
            ]
        );
        let renewal = r#"{"kind": "stage_stuck", "stage": "Renewal"}"#;
        assert_eq!(tested("null", renewal, "null", 30), Vec::<String>::new());
    }

    #[pg_test]
    fn what_history_cannot_know_is_marked() {
        quiet_world();
        become_person("ada@one.test");
        run("insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 30, now() - interval '40 days' from cs.accounts where name = 'First'");
        let when = r#"{"field": "arr", "op": "is_not_set"}"#;
        assert_eq!(
            lines(&format!(
                "select jsonb_object_keys(event -> 'doubts') from cs.backtest_playbook('{when}', '{DROP}') order by 1"
            )),
            ["arr", "status"]
        );
    }

    #[pg_test]
    fn only_who_may_edit_playbooks_asks_and_only_what_has_a_past() {
        quiet_world();
        become_person("ada@one.test");
        let call = |event: &str, limits: &str, days: &str| {
            fails_with(&format!(
                "select count(*) from cs.backtest_playbook(null, '{event}', '{limits}', {days})"
            ))
        };
        assert_eq!(call(DROP, "{}", "365"), "nothing");
        assert_eq!(call(DROP, "{}", "null"), "nothing");
        for (event, limits, days) in [
            (r#"{"kind": "manual"}"#, "{}", "1"),
            (r#"{"kind": "earthquake"}"#, "{}", "1"),
            (DROP, "[]", "1"),
            (DROP, r#"{"cooldown": 1}"#, "1"),
            (DROP, r#"{"cooldown_minutes": -1}"#, "1"),
            (DROP, r#"{"max_executions_per_day": 0}"#, "1"),
            (DROP, "{}", "0"),
            (DROP, "{}", "366"),
        ] {
            assert!(
                call(event, limits, days).starts_with("22023 "),
                "{event} {limits} {days}"
            );
        }
        assert!(
            fails_with("select count(*) from cs.backtest_playbook('{\"field\": \"x\"}', '{\"kind\": \"stage_enter\"}')").starts_with("22023 ")
        );
        run("set local role cs_member");
        assert_eq!(call(DROP, "{}", "1"), "nothing");
        run("reset role");
        become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(
            call(DROP, "{}", "1"),
            "42501 your role may not edit playbooks"
        );
    }

    #[pg_test]
    fn nothing_of_another_tenant_is_told() {
        quiet_world();
        score("Other", 10);
        score("First", 10);
        become_person("ada@one.test");
        assert_eq!(tested("null", DROP, "null", 9), ["0 First fired"]);
        run("update cs.profiles set role = 'Tenant Admin' where full_name = 'Ben'");
        become_person("ben@two.test");
        assert_eq!(tested("null", DROP, "null", 9), ["0 Other fired"]);
    }
}
