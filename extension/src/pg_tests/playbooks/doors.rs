//! Every door fires the same: what happened decides, never how it was written.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::playbooks::{quiet_world, results, score, wait_for};
    use crate::pg_tests::{become_person, lines, run};
    use pgrx::prelude::*;

    /// A way to write something.
    type Door = (&'static str, &'static str);

    /// The doors through which the stage of an account changes to Renewal.
    const MOVES: &[Door] = &[
        (
            "sql",
            "update cs.accounts set current_stage = 'Renewal' where name = 'First'",
        ),
        (
            "move",
            "select cs.move_account_stage(id, 'Renewal') from cs.accounts where name = 'First'",
        ),
        (
            "update",
            r#"select cs.update_account(id, '{"current_stage": "Renewal"}') from cs.accounts where name = 'First'"#,
        ),
        (
            "upsert",
            r#"select cs.upsert_account('F-1', '{"current_stage": "Renewal"}')"#,
        ),
        (
            "bulk",
            r#"select cs.bulk_update_accounts('{"field": "name", "op": "eq", "value": "First"}', '{"current_stage": "Renewal"}', false)"#,
        ),
        (
            "import",
            r#"select cs.import_accounts('[{"external_id": "F-1", "current_stage": "Renewal"}]', false)"#,
        ),
    ];

    fn prepare() {
        quiet_world();
        run("update cs.accounts set external_id = 'F-1' where name = 'First'");
        become_person("ada@one.test");
    }

    #[pg_test]
    fn a_stage_is_entered_and_left_through_every_door() {
        prepare();
        wait_for(
            "In",
            r#"{"event": {"kind": "stage_enter", "stage": "Renewal"}}"#,
        );
        wait_for(
            "Out",
            r#"{"event": {"kind": "stage_exit", "stage": "Onboarding"}}"#,
        );
        let mut expected = Vec::new();
        for (door, statement) in MOVES {
            run(statement);
            expected.push("First fired");
            assert_eq!(results("In"), expected, "{door}");
            assert_eq!(results("Out"), expected, "{door}");
            run("update cs.accounts set current_stage = 'Onboarding' where name = 'First'");
        }
        // Taken back, it is entered again.
        run("select cs.move_account_stage(id, 'Renewal') from cs.accounts where name = 'First'");
        run("select cs.undo_stage_move(history_id) from cs.current_stays
             where account_id = (select id from cs.accounts where name = 'First')");
        expected.push("First fired");
        assert_eq!(results("In"), expected);
        run("delete from cs.stage_milestones");
        wait_for(
            "Start",
            r#"{"event": {"kind": "stage_enter", "stage": "Onboarding"}}"#,
        );
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        run("select cs.undo_stage_move(history_id) from cs.current_stays
             where account_id = (select id from cs.accounts where name = 'First')");
        assert_eq!(results("Start"), ["First fired"]);
        assert_eq!(
            lines(
                "select distinct event ->> 'undo' from cs.playbook_executions as run join cs.playbooks as playbook on playbook.id = run.playbook_id where playbook.name = 'Start'"
            ),
            ["true"]
        );
    }

    #[pg_test]
    fn an_account_that_is_made_enters_its_stage_and_leaves_none() {
        prepare();
        wait_for("In", r#"{"event": {"kind": "stage_enter"}}"#);
        wait_for("Out", r#"{"event": {"kind": "stage_exit"}}"#);
        wait_for(
            "Named",
            r#"{"event": {"kind": "attribute_change", "field": "name"}}"#,
        );
        run(
            "insert into cs.accounts (tenant_id, name) select id, 'A' from cs.tenants where slug = 'one'",
        );
        run(r#"select cs.upsert_account('B-1', '{"name": "B"}')"#);
        run(r#"select cs.import_accounts('[{"external_id": "C-1", "name": "C"}]', false)"#);
        assert_eq!(results("In"), ["A fired", "B fired", "C fired"]);
        assert!(results("Out").is_empty());
        assert!(results("Named").is_empty());
    }

    /// The doors through which ARR becomes 20.
    const ARR: &[Door] = &[
        (
            "sql",
            r#"update cs.accounts set crm_attributes = crm_attributes || '{"arr": 20}' where name = 'First'"#,
        ),
        (
            "update",
            r#"select cs.update_account(id, '{"crm_attributes": {"arr": 20}}') from cs.accounts where name = 'First'"#,
        ),
        (
            "upsert",
            r#"select cs.upsert_account('F-1', '{"crm_attributes": {"arr": 20}}')"#,
        ),
        (
            "bulk",
            r#"select cs.bulk_update_accounts('{"field": "name", "op": "eq", "value": "First"}', '{"crm_attributes": {"arr": 20}}', false)"#,
        ),
        (
            "import",
            r#"select cs.import_accounts('[{"external_id": "F-1", "crm_attributes": {"arr": 20}}]', false)"#,
        ),
    ];

    #[pg_test]
    fn an_attribute_changes_through_every_door() {
        prepare();
        wait_for(
            "Any",
            r#"{"event": {"kind": "attribute_change", "field": "arr"}}"#,
        );
        wait_for(
            "To",
            r#"{"event": {"kind": "attribute_change", "field": "arr", "to": 20}}"#,
        );
        wait_for(
            "Key",
            r#"{"event": {"kind": "attribute_change", "field": "crm_attributes.arr", "to": 20}}"#,
        );
        wait_for(
            "Other",
            r#"{"event": {"kind": "attribute_change", "field": "industry"}}"#,
        );
        for (place, (door, statement)) in ARR.iter().enumerate() {
            run(statement);
            assert_eq!(results("To").len(), place + 1, "{door}");
            assert_eq!(results("Key").len(), place + 1, "{door}");
            assert_eq!(results("Any").len(), 2 * place + 1, "{door}");
            run(statement);
            assert_eq!(
                results("Any").len(),
                2 * place + 1,
                "{door}: nothing changed"
            );
            run("update cs.accounts set crm_attributes = '{\"arr\": 10}' where name = 'First'");
        }
        assert!(results("Other").is_empty());
    }

    #[pg_test]
    fn a_status_fires_though_it_holds_others_back() {
        prepare();
        wait_for(
            "Lost",
            r#"{"event": {"kind": "attribute_change", "field": "status", "to": "Churned"}}"#,
        );
        wait_for(
            "End",
            r#"{"event": {"kind": "stage_enter", "stage": "Churned"}}"#,
        );
        wait_for("Left", r#"{"event": {"kind": "stage_exit"}}"#);
        wait_for(
            "Paused",
            r#"{"event": {"kind": "attribute_change", "field": "status", "to": "Paused"}}"#,
        );
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        run("select cs.move_account_stage(id, 'Churned') from cs.accounts where name = 'Second'");
        assert_eq!(results("Lost"), ["First fired", "Second fired"]);
        assert_eq!(results("End"), ["First fired", "Second fired"]);
        assert_eq!(results("Left"), ["First churned", "Second churned"]);
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        assert_eq!(results("Paused"), ["First fired"]);
    }

    #[pg_test]
    fn a_score_crosses_through_every_door() {
        prepare();
        for (name, criteria) in [
            (
                "Drop",
                r#"{"event": {"kind": "health_drop", "threshold": 50}}"#,
            ),
            (
                "By",
                r#"{"event": {"kind": "health_drop_by", "points": 20, "days": 30}}"#,
            ),
            (
                "Level",
                r#"{"event": {"kind": "risk_level_change", "to": "At Risk"}}"#,
            ),
        ] {
            run(&format!(
                "update cs.playbooks set name = name || ' of the world' where name = '{name}'"
            ));
            wait_for(name, criteria);
        }
        let all = |expected: [usize; 3], door: &str| {
            let found = ["Drop", "By", "Level"].map(|name| results(name).len());
            assert_eq!(found, expected, "{door}");
        };
        score("First", 90);
        all([0, 0, 0], "high");
        score("First", 45);
        all([1, 1, 1], "insert");
        score("First", 44);
        all([1, 1, 1], "on the other side already");
        score("First", 90);
        run(
            "select cs.set_health_override(id, 30, 'told so', now() + interval '1 day') from cs.accounts where name = 'First'",
        );
        all([2, 2, 1], "override");
        run(
            "select cs.set_health_override(id, null, 'no more', null) from cs.accounts where name = 'First'",
        );
        run(
            r#"select cs.publish_health_model('{"thresholds": {"healthy": 95, "critical": 10}}', null, true)"#,
        );
        assert_eq!(results("Level").len(), 2, "publishing, where asked");
    }

    #[pg_test]
    fn conditions_are_asked_at_the_moment_of_the_change() {
        prepare();
        wait_for(
            "Large",
            r#"{"event": {"kind": "health_drop", "threshold": 40}, "when": {"all": [{"field": "arr", "op": "gte", "value": 1000}, {"field": "stage", "op": "eq", "value": "onboarding"}]}}"#,
        );
        score("First", 30);
        assert!(results("Large").is_empty());
        run(r#"update cs.accounts set crm_attributes = '{"arr": 1000}'"#);
        assert!(
            results("Large").is_empty(),
            "what did not match is not caught up"
        );
        score("First", 50);
        score("First", 30);
        assert_eq!(results("Large"), ["First fired"]);
        run("update cs.accounts set current_stage = 'Renewal'");
        score("First", 50);
        score("First", 30);
        assert_eq!(results("Large"), ["First fired"]);
    }

    #[pg_test]
    fn only_what_waits_is_matched() {
        prepare();
        wait_for(
            "Drop it",
            r#"{"event": {"kind": "health_drop", "threshold": 40}}"#,
        );
        for off in [
            "is_active = false",
            "is_active = true, paused_at = now()",
            "paused_at = null, deleted_at = now()",
        ] {
            run(&format!(
                "update cs.playbooks set {off} where name = 'Drop it'"
            ));
            score("First", 60);
            score("First", 10);
        }
        run("update cs.playbooks set deleted_at = null where name = 'Drop it'");
        run("update cs.tenants set is_active = false where slug = 'one'");
        score("First", 60);
        score("First", 10);
        assert!(results("Drop it").is_empty());
        run("update cs.tenants set is_active = true where slug = 'one'");
        score("First", 60);
        score("First", 10);
        assert_eq!(results("Drop it"), ["First fired"]);
    }
}
