//! What playbooks do, and what becomes of it where it is refused.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::playbooks::{quiet_world, score};
    use crate::pg_tests::{become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn playbook(url: &str, actions: &str) {
        run(&format!(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, actions, cooldown_minutes)
             select id, 'Alert', '{{\"event\": {{\"kind\": \"health_drop\", \"threshold\": 40}}}}', {url}, $json${actions}$json$, 0
             from cs.tenants where slug = 'one'"
        ));
    }

    #[pg_test]
    fn all_actions_are_carried_out_in_order() {
        quiet_world();
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'ada@one.test') where name = 'First'",
        );
        playbook(
            "'https://one.test/a'",
            r#"[{"kind": "task", "title": "{{account_name}} at {{health_score}} ({{csm_name}})", "due_in_days": 2, "assignee": "csm"},
                {"kind": "webhook", "url": "https://two.test/b"}, {"kind": "stage", "stage": "at risk"},
                {"kind": "task", "title": "Ada, look", "assignee": "ada@one.test"}]"#,
        );
        score("First", 30);
        assert_eq!(
            lines(
                "select concat_ws(' ', kind, body, at::date - current_date, created_by is null, assigned_to = (select id from cs.users where email = 'ada@one.test')) from cs.activities order by created_at, id"
            ),
            ["task First at 30 (Ada) 2 t t", "task Ada, look 0 t t"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', host, action, payload ->> 'chain', payload ->> 'event_type') from cs.webhook_queue order by action"
            ),
            [
                "one.test:443 0 1 health_drop",
                "two.test:443 2 1 health_drop"
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', it ->> 'kind', it ->> 'result') from cs.playbook_executions, jsonb_array_elements(actions) with ordinality as all_of (it, place) order by place"
            ),
            [
                "webhook queued",
                "task done",
                "webhook queued",
                "stage done",
                "task done"
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', to_stage, triggered_by is null) from cs.journey_history where exited_at is null and account_id = (select id from cs.accounts where name = 'First')"
            ),
            ["At Risk t"]
        );
        assert_eq!(
            number("select count(*) from cs.playbook_executions where result = 'fired'"),
            1
        );
    }

    #[pg_test]
    fn what_is_refused_leaves_the_rest() {
        quiet_world();
        become_person("ada@one.test");
        run(
            r#"select cs.save_milestones(id, '[{"title": "Kick-off"}]') from cs.journey_stages where name = 'Onboarding' and tenant_id = cs.current_tenant_id()"#,
        );
        playbook(
            "null",
            r#"[{"kind": "stage", "stage": "Renewal"}, {"kind": "task", "title": "Still done"}]"#,
        );
        score("First", 30);
        assert_eq!(
            lines(
                "select concat_ws(' ', result, error_message like '%Kick-off%', actions -> 0 ->> 'result', actions -> 1 ->> 'result') from cs.playbook_executions"
            ),
            ["failed t refused done"]
        );
        assert_eq!(
            text("select current_stage from cs.accounts where name = 'First'").as_deref(),
            Some("Onboarding")
        );
        assert_eq!(
            number("select overall_score from cs.health_scores where is_current"),
            30
        );
        run("update cs.playbooks set cooldown_minutes = 60 where name = 'Alert'");
        score("First", 60);
        score("First", 30);
        assert_eq!(
            number("select count(*) from cs.playbook_executions where result = 'cooldown'"),
            1,
            "it ran all the same"
        );
    }

    #[pg_test]
    fn a_sequence_grows_and_payloads_say_what_happened() {
        quiet_world();
        playbook("'https://one.test/a'", "[]");
        for value in [30, 60, 20, 70, 10] {
            score("First", value);
        }
        assert_eq!(
            lines("select concat_ws(' ', payload ->> 'previous_score', payload ->> 'health_score', payload ->> 'risk_level',
                       (payload ->> 'sequence')::bigint > lag((payload ->> 'sequence')::bigint, 1, 0::bigint) over (order by id))
                   from cs.webhook_queue order by id"),
            ["30 Critical t", "60 20 Critical t", "70 10 Critical t"]
        );
        assert_eq!(
            text("select string_agg(key, ' ' order by key) from (select jsonb_object_keys(payload) as key from cs.webhook_queue limit 20) as keys").unwrap(),
            "account_id account_name account_url arr chain csm_email csm_name event_id event_type health_score playbook_id \
             playbook_name previous_score previous_stage risk_level sequence stage tenant_id tenant_slug triggered_at"
        );
    }

    #[pg_test]
    fn a_playbook_is_checked_before_it_is_stored() {
        quiet_world();
        for (change, expected) in [
            (
                "webhook_url = null",
                "22023 a playbook needs a webhook_url or an action",
            ),
            (
                r#"actions = '[{"kind": "fax"}]'"#,
                "22023 actions[0].kind must be one of webhook, slack, email, task, stage",
            ),
            (
                r#"actions = '[{"kind": "slack", "url": "https://x.test"}]'"#,
                "22023 actions[0].text must be a text that is not empty",
            ),
            (
                r#"actions = '[{"kind": "stage", "stage": "Nowhere"}]'"#,
                "22023 there is no stage \"Nowhere\"",
            ),
            (
                r#"actions = '[{"kind": "task", "title": "x", "assignee": "nobody@one.test"}]'"#,
                "22023 there is no active member \"nobody@one.test\"",
            ),
            (
                r#"actions = '[{"kind": "task", "title": "x", "assignee": "ben@two.test"}]'"#,
                "22023 there is no active member \"ben@two.test\"",
            ),
            (
                r#"actions = jsonb_build_array(1, 2, 3, 4, 5)"#,
                "22023 a playbook has at most 5 actions, its webhook_url included",
            ),
            (
                r#"trigger_criteria = '{"event": {"kind": "stage_enter"}, "whenn": true}'"#,
                "22023 trigger_criteria has no key \"whenn\"",
            ),
            (
                r#"trigger_criteria = '{"event": {"kind": "stage_enter"}, "when": {"field": "helth", "op": "lt", "value": 4}}'"#,
                "22023 \"helth\" is not a known field",
            ),
            (
                r#"trigger_criteria = '{"event": {"kind": "milestone_overdue", "milestone": "None"}}'"#,
                "22023 there is no milestone \"None\"",
            ),
            (
                r#"trigger_criteria = '{"event": {"kind": "attribute_change", "field": "csm", "to": "ben@two.test"}}'"#,
                "22023 there is no member \"ben@two.test\"",
            ),
            ("headers = '{\"Host\": \"x\"}'", "22023"),
        ] {
            let told = fails_with(&format!(
                "update cs.playbooks set {change} where name = 'Drop'"
            ));
            assert!(told.starts_with(expected), "{change}: {told}");
        }
    }

    #[pg_test]
    fn every_change_is_a_version_and_a_run_keeps_its_own() {
        quiet_world();
        playbook("null", r#"[{"kind": "task", "title": "One"}]"#);
        score("First", 30);
        run(
            r#"update cs.playbooks set actions = '[{"kind": "task", "title": "Two"}]' where name = 'Alert'"#,
        );
        run("update cs.playbooks set paused_at = now() where name = 'Alert'");
        run("update cs.playbooks set paused_at = null where name = 'Alert'");
        score("First", 60);
        score("First", 30);
        assert_eq!(
            lines("select run.playbook_version || ' ' || (version.definition #>> '{actions,0,title}')
                   from cs.playbook_executions as run
                   join cs.playbook_versions as version on version.playbook_id = run.playbook_id and version.version = run.playbook_version
                   order by run.executed_at"),
            ["1 One", "2 Two"]
        );
        assert_eq!(
            number(
                "select count(*) from cs.playbook_versions where definition::text like '%whsec_%'"
            ),
            0
        );
    }
}
