//! Why a playbook ran or not for an account.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::past::time::let_days_pass;
    use crate::pg_tests::playbooks::{quiet_world, score, wait_for};
    use crate::pg_tests::{become_person, fails_with, lines, run};
    use pgrx::prelude::*;

    /// What, the value, whether the way went on.
    fn explained(playbook: &str, account: &str) -> Vec<String> {
        lines(&format!(
            "select concat_ws(' | ', what, value, passed)
             from cs.explain_playbook(
                (select id from cs.playbooks where name = '{playbook}'), (select id from cs.accounts where name = '{account}')
             ) order by step"
        ))
    }

    fn only<'a>(steps: &'a [String], what: &str) -> Vec<&'a str> {
        let steps = steps.iter().map(String::as_str);
        steps.filter(|it| it.starts_with(what)).collect()
    }

    const RICH_DROP: &str = r#"{"event": {"kind": "health_drop", "threshold": 40}, "when": {"all": [
        {"field": "arr", "op": "gte", "value": 1000}, {"field": "stage", "op": "eq", "value": "Onboarding"}]}}"#;

    #[pg_test]
    fn each_condition_is_told_with_its_value_at_that_moment() {
        quiet_world();
        become_person("ada@one.test");
        wait_for("It", RICH_DROP);
        run("update cs.accounts set crm_attributes = '{\"arr\": 500}' where name = 'First'");
        score("First", 30);
        let_days_pass(2);
        run("update cs.accounts set crm_attributes = '{\"arr\": 5000}' where name = 'First'");
        let steps = explained("It", "First");
        assert_eq!(steps[0], "playbook | active | t");
        assert_eq!(
            only(&steps, "event"),
            [r#"event | {"previous_score":null,"score":30,"threshold":40} | t"#]
        );
        assert_eq!(
            only(&steps, "condition when.all[0]"),
            ["condition when.all[0] | 500 | f"]
        );
        assert_eq!(only(&steps, "conditions"), ["conditions | not met | f"]);
        assert_eq!(only(&steps, "run"), ["run | none | f"]);
        assert_eq!(explained("It", "Second")[1..], ["event | f"]);
    }

    #[pg_test]
    fn gates_are_told_one_by_one_and_what_became_of_it() {
        quiet_world();
        become_person("ada@one.test");
        wait_for(
            "It",
            r#"{"event": {"kind": "health_drop", "threshold": 40}}"#,
        );
        run(
            "update cs.playbooks set cooldown_minutes = 3000, max_executions_per_day = 5 where name = 'It'",
        );
        score("First", 30);
        let_days_pass(1);
        score("First", 60);
        score("First", 20);
        let steps = explained("It", "First");
        assert_eq!(
            only(&steps, "gate cooldown"),
            ["gate cooldown | 1440 minutes | f"]
        );
        assert_eq!(only(&steps, "gate daily_cap"), ["gate daily_cap | 0 | t"]);
        assert_eq!(only(&steps, "run"), ["run | cooldown | f"]);
        run("update cs.accounts set status = 'Paused' where name = 'Second'");
        score("Second", 30);
        run("update cs.accounts set status = 'Active' where name = 'Second'");
        let steps = explained("It", "Second");
        assert_eq!(only(&steps, "gate status"), ["gate status | Paused | f"]);
        assert_eq!(only(&steps, "run"), ["run | paused | f", "run | fired | t"]);
    }

    #[pg_test]
    fn one_that_did_not_wait_then_says_so() {
        quiet_world();
        become_person("ada@one.test");
        score("First", 30);
        let_days_pass(1);
        wait_for(
            "It",
            r#"{"event": {"kind": "health_drop", "threshold": 40}}"#,
        );
        let notes = |name: &str| {
            lines(&format!(
                "select note from cs.explain_playbook((select id from cs.playbooks where name = '{name}'), (select id from cs.accounts where name = 'First')) where what = 'run'"
            ))
        };
        assert_eq!(notes("It"), ["at that moment it was not made yet"]);
        run("update cs.playbooks set is_active = false where name = 'It'");
        score("First", 60);
        score("First", 30);
        assert_eq!(notes("It"), ["at that moment it was not active"]);
        assert_eq!(explained("It", "First")[0], "playbook | not active | f");
        run("update cs.playbooks set is_active = true where name = 'It'");
        assert_eq!(notes("It"), ["at that moment it was not active"]);
    }

    #[pg_test]
    fn every_kind_can_be_explained() {
        quiet_world();
        become_person("ada@one.test");
        score("First", 80);
        score("First", 10);
        run(
            "update cs.accounts set csm_id = (select user_id from cs.profiles where full_name = 'Ada'), current_stage = 'Renewal' where name = 'First'",
        );
        let_days_pass(30);
        for (number, event) in [
            r#"{"kind": "health_drop", "threshold": 40}"#,
            r#"{"kind": "health_drop_by", "points": 10, "days": 3}"#,
            r#"{"kind": "risk_level_change", "to": "Critical"}"#,
            r#"{"kind": "component_below", "component": "usage", "threshold": 3}"#,
            r#"{"kind": "stage_enter"}"#,
            r#"{"kind": "stage_exit"}"#,
            r#"{"kind": "stage_stuck"}"#,
            r#"{"kind": "usage_decline", "metric": "logins", "percent": 3, "days": 3}"#,
            r#"{"kind": "metric_absent", "metric": "logins", "days": 3}"#,
            r#"{"kind": "ticket_spike"}"#,
            r#"{"kind": "contract_ending", "days": 3}"#,
            r#"{"kind": "milestone_overdue"}"#,
            r#"{"kind": "attribute_change", "field": "csm"}"#,
            r#"{"kind": "schedule", "cron": "0 9 1 1 *"}"#,
            r#"{"kind": "schedule", "cron": "0 * * * *"}"#,
            r#"{"kind": "manual"}"#,
        ]
        .iter()
        .enumerate()
        {
            wait_for(&format!("It {number}"), &format!(r#"{{"event": {event}}}"#));
            let steps = explained(&format!("It {number}"), "First");
            assert!(steps.len() > 1, "{event}");
            let began = [
                "health_drop",
                "health_drop_by",
                "risk_level_change",
                "stage_enter",
                "stage_exit",
                "attribute_change",
            ];
            let kind = event.split('"').nth(3).unwrap();
            if began.contains(&kind) || event.contains("0 * * * *") {
                assert!(steps[1].ends_with("| t"), "{event}: {steps:?}");
                assert_eq!(steps.len(), 9, "{event}: {steps:?}");
            }
        }
    }

    #[pg_test]
    fn who_does_not_see_the_playbook_or_the_account_learns_nothing() {
        quiet_world();
        wait_for("It", r#"{"event": {"kind": "stage_enter"}}"#);
        let call = |account: &str| {
            fails_with(&format!(
                "select count(*) from cs.explain_playbook(current_setting('test.playbook')::uuid, '{account}')"
            ))
        };
        run(
            "select set_config('test.playbook', (select id::text from cs.playbooks where name = 'It'), true)",
        );
        let id = |name: &str| {
            lines(&format!(
                "select id::text from cs.accounts where name = '{name}'"
            ))
            .remove(0)
        };
        let (first, other) = (id("First"), id("Other"));
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(call(&first), "nothing");
        assert_eq!(call(&other), "P0002 no such account");
        run("reset role; update cs.profiles set role = 'Contributor' where full_name = 'Ada'");
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(call(&first), "P0002 no such account");
        run("reset role; update cs.profiles set role = 'Viewer' where full_name = 'Ada'");
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(call(&first), "P0002 no such playbook");
        run("reset role");
        become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(call(&first), "P0002 no such playbook");
    }
}
