//! What names a stage, member or custom field that is gone says so, and blocks nothing else.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    const EXPANSION: &str = r#"{"field": "stage", "op": "eq", "value": "Expansion"}"#;

    /// Ada's view, playbooks, milestone and cap that name the stage Expansion, a member and a custom field.
    fn world() {
        run(WORLD);
        run("insert into cs.users (email) values ('paul@one.test');
             insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Paul', 'Practitioner'
             from cs.tenants as tenant, cs.users as person where tenant.slug = 'one' and person.email = 'paul@one.test'");
        become_person("ada@one.test");
        run("set local role cs_member");
        run(
            "select cs.save_custom_field('{\"key\": \"tier\", \"label\": \"Tier\", \"type\": \"text\"}')",
        );
        for (name, criteria) in [
            ("Growing", EXPANSION),
            (
                "Of Paul",
                r#"{"field": "csm", "op": "eq", "value": "paul@one.test"}"#,
            ),
            (
                "Gold",
                r#"{"field": "crm_attributes.tier", "op": "eq", "value": "Gold"}"#,
            ),
        ] {
            run(&format!(
                "select cs.save_view('{{\"page\": \"accounts\", \"name\": \"{name}\", \"criteria\": {criteria}}}')"
            ));
        }
        for (name, trigger) in [
            (
                "Enters",
                r#"{"event": {"kind": "stage_enter", "stage": "Expansion"}}"#.to_owned(),
            ),
            (
                "Drops",
                format!(
                    r#"{{"event": {{"kind": "health_drop", "threshold": 40}}, "when": {EXPANSION}}}"#
                ),
            ),
        ] {
            run(&format!(
                "select cs.save_playbook('{{\"name\": \"{name}\", \"is_active\": true, \"trigger_criteria\": {trigger}, \"actions\": [{{\"kind\": \"task\", \"title\": \"x\"}}]}}')"
            ));
        }
        run(&format!(
            "select cs.save_milestones((select id from cs.journey_stages where name = 'Onboarding'), '[{{\"title\": \"Grown\", \"is_required\": false, \"criteria\": {EXPANSION}}}]')"
        ));
        run(&format!(
            "select cs.publish_health_model('{{\"caps\": [{{\"when\": {EXPANSION}, \"max\": 60, \"reason\": \"Growing\"}}]}}')"
        ));
    }

    fn act_as(email: &str) {
        run("reset role");
        become_person(email);
        run("set local role cs_member");
    }

    fn problems() -> Vec<String> {
        lines(
            "select concat_ws(': ', name, coalesce(problem, 'none')) from cs.playbook_overview where name in ('Enters', 'Drops') order by name",
        )
    }

    fn view_problem(name: &str) -> Option<String> {
        text(&format!(
            "select cs.search_accounts(criteria) ->> 'problem' from cs.saved_views where name = '{name}'"
        ))
    }

    fn named_by(answer: &str) -> Vec<String> {
        lines(&format!(
            "select (it ->> 'kind') || ' ' || (it ->> 'name') from jsonb_array_elements(({answer}) -> 'named_by') as it"
        ))
    }

    const DELETE: &str = "select cs.delete_stage(id) from cs.journey_stages where name = 'Expansion' and tenant_id = cs.current_tenant_id()";

    #[pg_test]
    fn a_deleted_stage_is_told_wherever_it_is_named() {
        world();
        assert_eq!(view_problem("Growing"), None);
        assert_eq!(problems(), ["Drops: none", "Enters: none"]);
        assert_eq!(
            named_by(DELETE),
            [
                "cap Growing",
                "milestone Grown",
                "playbook Drops",
                "playbook Enters",
                "saved_view Growing"
            ]
        );
        const GONE: &str = "a stage that is named here is gone: choose another one";
        assert_eq!(view_problem("Growing").as_deref(), Some(GONE));
        assert_eq!(
            problems(),
            [
                format!("Drops: {GONE}"),
                "Enters: a stage that it names is gone: choose another one".to_owned()
            ]
        );
        assert_eq!(
            lines(
                "select cs.criteria_problem(criteria) from cs.stage_milestones where title = 'Grown'"
            ),
            [GONE]
        );
        assert_eq!(view_problem("Gold"), None);
    }

    #[pg_test]
    fn a_stage_kept_for_its_history_is_told_by_name() {
        world();
        run("update cs.accounts set current_stage = 'Expansion' where name = 'First'");
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        assert_eq!(named_by(DELETE).len(), 5);
        const UNUSED: &str = "the stage \"Expansion\" is no longer in use: choose another one";
        assert_eq!(view_problem("Growing").as_deref(), Some(UNUSED));
        assert_eq!(
            problems(),
            [format!("Drops: {UNUSED}"), format!("Enters: {UNUSED}")]
        );
    }

    #[pg_test]
    fn a_cap_that_names_a_deleted_stage_blocks_no_other_change_of_the_model() {
        world();
        run("reset role");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 70 from cs.accounts",
        );
        run("set local role cs_member");
        let change = r#"{"weights": {"usage": 50}}"#;
        let preview = format!("select distinct problem from cs.preview_health_model('{change}')");
        assert_eq!(text(&preview), None);
        run(DELETE);
        assert_eq!(
            text(&preview).as_deref(),
            Some(
                "the cap \"Growing\" no longer works as it was meant to: a stage that is named here is gone: choose another one"
            )
        );
        assert_eq!(
            number(&format!("select cs.publish_health_model('{change}')::int8")),
            3
        );
        assert_eq!(
            number("select jsonb_array_length(caps)::int8 from cs.health_models where version = 3"),
            1
        );
        let again = "select cs.publish_health_model(jsonb_build_object('caps', jsonb_set(caps, '{0,max}', '50'))) from cs.health_models where version = 3";
        assert_eq!(fails_with(again), "nothing");
        for value in ["Expansion", "0199c0de-0000-7000-8000-000000000000"] {
            let new = format!(
                r#"{{"caps": [{{"when": {{"field": "stage", "op": "eq", "value": "{value}"}}, "max": 60, "reason": "New"}}]}}"#
            );
            let refused = fails_with(&format!("select cs.publish_health_model('{new}')"));
            assert!(refused.starts_with("22023 "), "{refused}");
            assert!(!refused.contains("0199"), "{refused}");
        }
        assert_eq!(
            text("select distinct problem from cs.preview_health_model('{\"caps\": []}')"),
            None
        );
    }

    #[pg_test]
    fn members_who_left_and_archived_fields_are_told() {
        world();
        run("reset role");
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'ada@one.test') where name <> 'Other'",
        );
        run("set local role cs_member");
        assert_eq!(
            lines(
                "select kind || ' ' || named.name from cs.members as member, cs.named_by(member.user_id) as named where full_name = 'Paul'"
            ),
            ["saved_view Of Paul"]
        );
        run("select cs.deactivate_member(user_id) from cs.members where full_name = 'Paul'");
        assert_eq!(
            view_problem("Of Paul").as_deref(),
            Some("a member who is named here no longer works in this tenant: choose another one")
        );
        assert_eq!(
            named_by(
                "select cs.save_custom_field(jsonb_build_object('id', id, 'is_active', false)) from cs.custom_fields where key = 'tier'"
            ),
            ["saved_view Gold"]
        );
        assert_eq!(
            view_problem("Gold").as_deref(),
            Some("the field \"Tier\" is archived: bring it back, or take the condition out")
        );
        assert_eq!(
            text(
                "select cs.save_custom_field(jsonb_build_object('id', id, 'is_active', true)) ->> 'named_by' from cs.custom_fields where key = 'tier'"
            ),
            None
        );
        assert_eq!(view_problem("Gold"), None);
    }

    #[pg_test]
    fn each_sees_only_what_is_theirs() {
        world();
        act_as("paul@one.test");
        assert_eq!(
            lines(
                "select named.kind from cs.journey_stages as stage, cs.named_by(stage.id) as named where stage.name = 'Expansion'"
            ),
            ["cap", "milestone", "playbook", "playbook"]
        );
        assert_eq!(number("select count(*) from cs.named_by(null)"), 0);
        act_as("ben@two.test");
        assert_eq!(text("select cs.search_accounts(null) ->> 'problem'"), None);
        assert_eq!(text("select cs.criteria_problem(null)"), None);
        assert_eq!(text("select cs.criteria_problem('{\"field\": 1}')"), None);
    }
}
