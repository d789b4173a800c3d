//! Saving, switching, previewing and running playbooks by call.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, id, staff};
    use crate::pg_tests::playbooks::{quiet_world, results, score};
    use crate::pg_tests::{become_person, detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    const ALERT: &str = r#"{"name": "Alert", "trigger_criteria": {"event": {"kind": "health_drop", "threshold": 40}, "when": {"field": "arr", "op": "gte", "value": 100}}, "actions": [{"kind": "task", "title": "Look"}], "cooldown_minutes": 0}"#;

    fn save(playbook: &str) -> String {
        text(&format!(
            "select cs.save_playbook($json${playbook}$json$)::text"
        ))
        .unwrap()
    }

    fn prepare() {
        quiet_world();
        become_person("ada@one.test");
    }

    #[pg_test]
    fn a_playbook_is_a_draft_then_active_paused_and_gone() {
        prepare();
        run(r#"update cs.accounts set crm_attributes = '{"arr": 500}'"#);
        let state =
            || lines("select state from cs.playbook_overview where name = 'Alert'").join("");
        save(ALERT);
        assert_eq!(state(), "draft");
        score("First", 30);
        assert!(results("Alert").is_empty());
        run("select cs.activate_playbook(id) from cs.playbooks where name = 'Alert'");
        assert_eq!(state(), "active");
        score("First", 20);
        assert!(
            results("Alert").is_empty(),
            "it was under the threshold before"
        );
        run("select cs.pause_playbook(id) from cs.playbooks where name = 'Alert'");
        assert_eq!(state(), "paused");
        run("select cs.activate_playbook(id) from cs.playbooks where name = 'Alert'");
        assert_eq!(number("select cs.pause_all_playbooks()"), 1);
        run("select cs.activate_playbook(id) from cs.playbooks where name = 'Alert'");
        run(
            "select cs.save_playbook(jsonb_build_object('id', id, 'is_active', false)) from cs.playbooks where name = 'Alert'",
        );
        assert_eq!(state(), "off");
        run("select cs.delete_playbook(id) from cs.playbooks where name = 'Alert'");
        assert_eq!(state(), "");
        save(ALERT);
        assert_eq!(state(), "draft", "the name is free again");
    }

    #[pg_test]
    fn a_preview_is_what_switching_on_for_all_does() {
        prepare();
        run(r#"update cs.accounts set crm_attributes = '{"arr": 500}'"#);
        score("First", 30);
        score("Second", 60);
        let preview = lines(
            r#"select account_name || ' ' || (event ->> 'score') from cs.preview_playbook('{"field": "arr", "op": "gte", "value": 100}', '{"kind": "health_drop", "threshold": 40}')"#,
        );
        assert_eq!(preview, ["First 30"]);
        save(ALERT);
        assert_eq!(
            text("select cs.activate_playbook(id, 'present') ->> 'results' from cs.playbooks where name = 'Alert'").as_deref(),
            Some(r#"{"fired": 1}"#)
        );
        assert_eq!(results("Alert"), ["First fired"]);
        assert_eq!(
            fails_with(
                "select cs.activate_playbook(id, 'all') from cs.playbooks where name = 'Alert'"
            ),
            "22023 scope must be new or present, not \"all\""
        );
        assert!(
            fails_with("select * from cs.preview_playbook(null, '{\"kind\": \"health_drop\"}')")
                .starts_with("22023")
        );
    }

    #[pg_test]
    fn saving_changes_what_it_names_and_warns_of_circles() {
        prepare();
        save(ALERT);
        run(
            "select cs.save_playbook(jsonb_build_object('id', id, 'cooldown_minutes', 90, 'description', 'Why')) from cs.playbooks where name = 'Alert'",
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', version, cooldown_minutes, description, event_kind) from cs.playbooks where name = 'Alert'"
            ),
            ["2 90 Why health_drop"]
        );
        assert!(fails_with("select cs.save_playbook(jsonb_build_object('id', id, 'cooldown_minutes', 1), 1) from cs.playbooks where name = 'Alert'").starts_with("27000"));
        assert_eq!(
            fails_with(&format!("select cs.save_playbook($json${ALERT}$json$)")),
            "23505 a playbook with the name \"Alert\" already exists"
        );
        assert!(detail_of(r#"select cs.save_playbook('{"name": "x", "trigger_criteria": {"event": {"kind": "health_drop", "threshold": 0}}}')"#).contains("trigger_criteria.event.threshold"));
        let warned = save(
            r#"{"name": "Round", "trigger_criteria": {"event": {"kind": "stage_enter"}}, "actions": [{"kind": "stage", "stage": "Renewal"}]}"#,
        );
        assert!(
            warned.contains("\\\"Round\\\" moves accounts to a stage that it waits for itself"),
            "{warned}"
        );
        save(
            r#"{"name": "There", "trigger_criteria": {"event": {"kind": "stage_enter", "stage": "Adoption"}}, "actions": [{"kind": "stage", "stage": "Expansion"}]}"#,
        );
        let warned = save(
            r#"{"name": "Back", "trigger_criteria": {"event": {"kind": "stage_enter", "stage": "Expansion"}}, "actions": [{"kind": "stage", "stage": "Adoption"}]}"#,
        );
        assert!(warned.contains("These playbooks set each other off: \\\"Back\\\", then \\\"There\\\", then again \\\"Back\\\""), "{warned}");
    }

    #[pg_test]
    fn a_dry_run_is_the_real_run_taken_back() {
        prepare();
        run(r#"update cs.accounts set crm_attributes = '{"arr": 500}' where name = 'First'"#);
        save(ALERT);
        let call = |account: &str, dry: bool| {
            text(&format!("select concat_ws(' ', it ->> 'result', it ->> 'reason', it ->> 'dry_run') from (select cs.run_playbook((select id from cs.playbooks where name = 'Alert'), id, {dry}) as it from cs.accounts where name = '{account}') as ran")).unwrap()
        };
        assert_eq!(call("First", true), "fired nothing held it back true");
        assert_eq!(number("select count(*) from cs.playbook_executions"), 0);
        assert_eq!(number("select count(*) from cs.activities"), 0);
        assert_eq!(
            call("Second", true),
            "its conditions do not hold for this account true"
        );
        assert!(fails_with("select cs.run_playbook((select id from cs.playbooks where name = 'Alert'), id, false) from cs.accounts where name = 'First'").starts_with("22023 this playbook is switched off"));
        run("select cs.activate_playbook(id) from cs.playbooks where name = 'Alert'");
        assert_eq!(call("First", false), "fired nothing held it back false");
        assert_eq!(results("Alert"), ["First fired"]);
        assert_eq!(number("select count(*) from cs.activities"), 1);
    }

    #[pg_test]
    fn who_may_do_what_depends_on_the_role() {
        staff();
        run("update cs.playbooks set is_active = false");
        become_person("ada@one.test");
        for (name, event) in [("By hand", "manual"), ("By itself", "stage_enter")] {
            save(&format!(
                r#"{{"name": "{name}", "trigger_criteria": {{"event": {{"kind": "{event}"}}}}, "actions": [{{"kind": "task", "title": "Look"}}], "is_active": true}}"#
            ));
        }
        let playbook = |name: &str| {
            text(&format!(
                "select id::text from cs.playbooks where name = '{name}'"
            ))
            .unwrap()
        };
        let (by_hand, by_itself) = (playbook("By hand"), playbook("By itself"));
        let call = |playbook: &str, account: &str, dry: bool| {
            format!(
                "select cs.run_playbook('{playbook}', {}, {dry})",
                id(account)
            )
        };
        // Cleo's own account is First.
        for (who, account, expected) in [
            ("vera@one.test", "First", "P0002 no such playbook"),
            ("ben@two.test", "First", "P0002 no such playbook"),
            ("cleo@one.test", "Second", "P0002 no such account"),
            ("cleo@one.test", "First", "nothing"),
            ("paul@one.test", "Second", "nothing"),
            ("ada@one.test", "First", "nothing"),
        ] {
            act_as(who);
            assert_eq!(
                fails_with(&call(&by_hand, account, false)),
                expected,
                "{who}"
            );
        }
        act_as("paul@one.test");
        assert!(fails_with(&call(&by_itself, "First", false)).starts_with("42501"));
        assert_eq!(fails_with(&call(&by_itself, "First", true)), "nothing");
        for refused in [
            r#"select cs.save_playbook('{"name": "x", "trigger_criteria": {}}')"#.to_owned(),
            r#"select * from cs.preview_playbook(null, '{"kind": "manual"}')"#.to_owned(),
            "select cs.pause_all_playbooks()".to_owned(),
            format!("select cs.activate_playbook('{by_hand}')"),
            format!("select cs.pause_playbook('{by_hand}')"),
            format!("select cs.delete_playbook('{by_hand}')"),
        ] {
            assert!(fails_with(&refused).starts_with("42501"), "{refused}");
        }
        for call in ["activate_playbook", "pause_playbook", "delete_playbook"] {
            let told = fails_with(&format!("select cs.{call}(gen_random_uuid())"));
            assert_eq!(told, "P0002 no such playbook");
        }
    }

    #[pg_test]
    fn the_lists_say_what_became_of_it() {
        prepare();
        run(r#"update cs.accounts set crm_attributes = '{"arr": 500}'"#);
        save(ALERT);
        run("select cs.activate_playbook(id) from cs.playbooks where name = 'Alert'");
        score("First", 30);
        run("update cs.accounts set status = 'Paused' where name = 'Second'");
        score("Second", 30);
        assert_eq!(
            lines(
                "select concat_ws(' ', ran_30d, failed_30d, held_back_30d, accounts_30d, ran_percent_30d, last_result, last_reason, coalesce(problem, '-')) from cs.playbook_overview where name = 'Alert'"
            ),
            ["1 0 1 2 50.0 paused the account is paused -"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', account_name, result, reason, event_kind) from cs.execution_log order by executed_at"
            ),
            [
                "First fired nothing held it back health_drop",
                "Second paused the account is paused health_drop"
            ]
        );
        save(
            r#"{"name": "Enters", "trigger_criteria": {"event": {"kind": "stage_enter", "stage": "Expansion"}}, "actions": [{"kind": "task", "title": "x"}]}"#,
        );
        run(
            "select cs.delete_stage(id) from cs.journey_stages where name = 'Expansion' and tenant_id = cs.current_tenant_id()",
        );
        assert_eq!(
            number(
                "select count(*) from cs.playbook_overview where name = 'Enters' and problem is not null"
            ),
            1
        );
    }

    #[pg_test]
    fn every_template_can_be_saved() {
        prepare();
        assert_eq!(
            number(
                "select count(*) from cs.playbook_templates where tenant_id = cs.current_tenant_id()"
            ),
            5
        );
        run(
            "select cs.save_playbook(jsonb_build_object('name', name, 'description', description, 'trigger_criteria', trigger_criteria, 'actions', actions, 'cooldown_minutes', cooldown_minutes)) from cs.playbook_templates where tenant_id = cs.current_tenant_id()",
        );
        assert_eq!(
            number(
                "select count(*) from cs.playbook_overview where state = 'draft' and problem is null"
            ),
            5
        );
    }

    #[pg_test]
    fn a_preview_of_the_model_names_the_playbooks_that_publishing_runs() {
        prepare();
        run("update cs.accounts set crm_attributes = '{\"arr\": 500}' where name = 'First'");
        score("First", 85);
        score("Second", 85);
        let level = r#"{"name": "Level", "trigger_criteria": {"event": {"kind": "risk_level_change", "to": "At Risk"}, "when": {"field": "arr", "op": "is_set"}}, "actions": [{"kind": "task", "title": "x"}], "is_active": true}"#;
        save(level);
        let model = r#"{"thresholds": {"healthy": 90, "critical": 10}}"#;
        let preview = || {
            lines(&format!(
                "select account.name || ' ' || it.new_level || ' ' || it.playbooks::text from cs.preview_health_model('{model}') as it
                 join cs.accounts as account on account.id = it.account_id order by 1"
            ))
        };
        assert_eq!(preview(), ["First At Risk {Level}", "Second At Risk {}"]);
        assert_eq!(number("select count(*) from cs.playbook_executions"), 0);
        run(&format!(
            "select cs.publish_health_model('{model}', null, true)"
        ));
        assert_eq!(results("Level"), ["First fired"]);
    }

    #[pg_test]
    fn a_test_delivery_goes_to_every_webhook_and_is_no_run() {
        prepare();
        save(
            r#"{"name": "Hooks", "trigger_criteria": {"event": {"kind": "manual"}}, "webhook_url": "https://one.test/", "actions": [{"kind": "task", "title": "x"}, {"kind": "webhook", "url": "https://two.test/"}]}"#,
        );
        let first = "select id from cs.accounts where name = 'First'";
        run(&format!(
            "select cs.send_test_webhook(id, ({first})) from cs.playbooks where name = 'Hooks'"
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', host, action, payload ->> 'event_type', payload ->> 'account_name') from cs.webhook_queue order by action"
            ),
            ["one.test:443 0 test First", "two.test:443 2 test First"]
        );
        assert_eq!(number("select count(*) from cs.playbook_executions"), 0);
        save(ALERT);
        assert!(
            fails_with("select cs.send_test_webhook(id) from cs.playbooks where name = 'Alert'")
                .starts_with("22023 this playbook sends nothing")
        );
    }
}
