//! Moves between stages: who may, what they say, how status and end stage go together.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::{FIRST, id_of, milestone, move_to, stage_and_status};
    use crate::pg_tests::{WORLD, become_person, detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn a_move_by_name_or_id_keeps_its_note_and_answers_with_the_account() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let answer = format!(
            "select it ->> 'current_stage' from cs.move_account_stage({FIRST}, ' adoption ', 'ONBOARDING', 'went well') as it"
        );
        assert_eq!(text(&answer).as_deref(), Some("Adoption"));
        let by_id = format!(
            "select it ->> 'current_stage' from cs.move_account_stage({FIRST}, (select id::text from cs.journey_stages where name = 'Renewal')) as it"
        );
        assert_eq!(text(&by_id).as_deref(), Some("Renewal"));
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Renewal', note => 'again')"
        ));
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', to_stage, coalesce(notes, '-'), triggered_by = cs.current_user_id(), override_reason is null)
                 from cs.journey_history where account_id = {FIRST} order by entered_at, id"
            )),
            ["Onboarding - t", "Adoption went well t t", "Renewal - t t"]
        );
    }

    #[pg_test]
    fn the_note_of_a_failed_move_is_not_kept_for_the_next() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        let held = format!("select cs.move_account_stage({FIRST}, 'Adoption', note => 'lost')");
        assert!(fails_with(&held).starts_with("55000"));
        move_to("At Risk");
        assert_eq!(
            number("select count(*) from cs.journey_history where notes is not null"),
            0
        );
    }

    #[pg_test]
    fn a_caller_who_saw_another_stage_learns_who_moved_it() {
        run(WORLD);
        become_person("ada@one.test");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption')"
        ));
        let late = format!("select cs.move_account_stage({FIRST}, 'Renewal', 'Onboarding')");
        assert_eq!(
            fails_with(&late),
            "27000 Ada moved this account to \"Adoption\""
        );
        let detail = detail_of(&late);
        assert!(
            detail.starts_with("27000 {\"current\":{\"moved_at\":\"2")
                && detail.contains("\"moved_by\":\"Ada\"")
                && detail.contains("\"stage\":\"Adoption\""),
            "{detail}"
        );
        let unknown = format!("select cs.move_account_stage({FIRST}, 'Renewal', 'Nowhere')");
        assert!(fails_with(&unknown).starts_with("27000"));
    }

    #[pg_test]
    fn unknown_accounts_and_stages_are_refused() {
        run(WORLD);
        become_person("ada@one.test");
        run("create temp table foreign_one on commit drop as select id from cs.accounts where name = 'Other';
             grant select on foreign_one to cs_member");
        run("set local role cs_member");
        for (call, expected) in [
            (
                format!("cs.move_account_stage({FIRST}, 'Nowhere')"),
                "P0002 no such stage",
            ),
            (
                format!("cs.move_account_stage({FIRST}, null)"),
                "P0002 no such stage",
            ),
            (
                "cs.move_account_stage(null, 'Adoption')".into(),
                "P0002 no such account",
            ),
            (
                "cs.move_account_stage((select id from pg_temp.foreign_one), 'Adoption')".into(),
                "P0002 no such account",
            ),
            (
                "cs.suggested_stage((select id from pg_temp.foreign_one))".into(),
                "P0002 no such account",
            ),
            (
                format!("cs.complete_milestone({FIRST}, cs.uuid_v7())"),
                "P0002 no such milestone",
            ),
            (
                "cs.save_milestones(cs.uuid_v7(), '[]')".into(),
                "P0002 no such stage",
            ),
            (
                "cs.delete_stage(cs.uuid_v7())".into(),
                "P0002 no such stage",
            ),
        ] {
            assert_eq!(fails_with(&format!("select {call}")), expected, "{call}");
        }
    }

    #[pg_test]
    fn status_and_end_stage_go_together_both_ways() {
        run(WORLD);
        move_to("Adoption");
        move_to("At Risk");
        move_to("Churned");
        assert_eq!(stage_and_status(), "Churned Churned");
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        assert_eq!(stage_and_status(), "At Risk Paused");
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        assert_eq!(stage_and_status(), "Churned Churned");
        move_to("Renewal");
        assert_eq!(stage_and_status(), "Renewal Active");
        run(
            "update cs.accounts set status = 'Churned', current_stage = 'Churned' where name = 'First'",
        );
        run(
            "update cs.accounts set status = 'Paused', current_stage = 'Adoption' where name = 'First'",
        );
        assert_eq!(stage_and_status(), "Adoption Paused");
        assert_eq!(
            number(&format!(
                "select count(*) from cs.journey_history where account_id = {FIRST} and exited_at is null"
            )),
            1
        );
    }

    #[pg_test]
    fn contradictions_are_refused() {
        run(WORLD);
        for change in [
            "status = 'Churned', current_stage = 'Adoption'",
            "status = 'Paused', current_stage = 'Churned'",
        ] {
            let statement = format!("update cs.accounts set {change} where name = 'First'");
            assert!(
                fails_with(&statement).starts_with("22023 status "),
                "{change}"
            );
        }
        let born = |status: &str, stage: &str| {
            fails_with(&format!(
                "insert into cs.accounts (tenant_id, name, status, current_stage)
                 select tenant_id, 'Third', '{status}', {stage} from cs.accounts where name = 'First'"
            ))
        };
        assert!(born("Paused", "'Churned'").starts_with("22023"));
        assert!(born("Churned", "'Adoption'").starts_with("22023"));
        assert_eq!(born("Churned", "null"), "nothing");
        assert_eq!(
            text("select current_stage from cs.accounts where name = 'Third'").as_deref(),
            Some("Churned")
        );
    }

    #[pg_test]
    fn without_an_end_stage_the_status_leaves_the_stage_and_the_way_back_is_the_first() {
        run(WORLD);
        run("insert into cs.accounts (tenant_id, name, current_stage)
             select tenant_id, 'Third', 'Churned' from cs.accounts where name = 'First'");
        run("update cs.accounts set status = 'Active' where name = 'Third'");
        assert_eq!(
            text("select current_stage || ' ' || status from cs.accounts where name = 'Third'")
                .as_deref(),
            Some("Onboarding Active")
        );
        run("update cs.journey_stages set is_end = false");
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        assert_eq!(stage_and_status(), "Onboarding Churned");
        move_to("Adoption");
        assert_eq!(stage_and_status(), "Adoption Churned");
    }

    #[pg_test]
    fn rights_are_checked_for_what_the_caller_changed() {
        run(WORLD);
        run("insert into cs.users (email) values ('cleo@one.test')");
        run("insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Cleo', 'Contributor' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'cleo@one.test'");
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name = 'First'",
        );
        milestone("Onboarding", "Kick-off");
        run("create temp table second on commit drop as select id from cs.accounts where name = 'Second';
             grant select on second to cs_member");
        become_person("cleo@one.test");
        run("set local role cs_member");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', waive_reason => 'known')"
        ));
        move_to("Churned");
        assert_eq!(stage_and_status(), "Churned Churned");
        assert!(
            fails_with("update cs.accounts set status = 'Active' where name = 'First'")
                .starts_with("42501")
        );
        for call in [
            "cs.move_account_stage((select id from pg_temp.second), 'Adoption')".to_owned(),
            format!(
                "cs.complete_milestone((select id from pg_temp.second), {})",
                id_of("Kick-off")
            ),
        ] {
            assert_eq!(
                fails_with(&format!("select {call}")),
                "P0002 no such account",
                "{call}"
            );
        }
        for call in [
            "cs.save_milestones((select id from cs.journey_stages limit 1), '[]')",
            "cs.save_stages('[]')",
            "cs.delete_stage((select id from cs.journey_stages limit 1))",
        ] {
            assert!(
                fails_with(&format!("select {call}")).starts_with("42501"),
                "{call}"
            );
        }
        assert!(
            fails_with("insert into cs.stage_milestones (stage_id, title) select id, 'Mine' from cs.journey_stages limit 1")
                .starts_with("42501")
        );
        assert!(
            fails_with("insert into cs.account_milestones (account_id, milestone_id, completed_by) values (cs.uuid_v7(), cs.uuid_v7(), cs.uuid_v7())")
                .starts_with("42501")
        );
        assert!(fails_with("delete from cs.account_milestones").starts_with("42501"));
    }

    #[pg_test]
    fn the_stage_before_a_side_stage_is_suggested() {
        run(WORLD);
        move_to("Adoption");
        let suggested = format!("select coalesce(cs.suggested_stage({FIRST}), 'none')");
        assert_eq!(text(&suggested).as_deref(), Some("none"));
        move_to("At Risk");
        assert_eq!(text(&suggested).as_deref(), Some("Adoption"));
        move_to("Churned");
        assert_eq!(text(&suggested).as_deref(), Some("At Risk"));
    }
    #[pg_test]
    fn techstart_is_dragged_from_at_risk_to_renewal_and_history_follows() {
        run("select cs.load_sample_data()");
        become_person("admin@acme.com");
        run("set local role cs_member");
        let techstart = "(select id from cs.accounts where name = 'TechStart Solutions')";
        let before = format!(
            "select to_stage || coalesce(' ' || duration_days, '') from cs.journey_history where account_id = {techstart} order by entered_at"
        );
        let walked = lines(&before);
        assert_eq!(walked.last().map(String::as_str), Some("At Risk"));
        run(&format!(
            "select cs.move_account_stage({techstart}, 'Renewal', 'At Risk', 'they want to talk')"
        ));
        let after = lines(&before);
        let (kept, last) = (&after[..walked.len() - 1], &after[walked.len() - 1..]);
        assert_eq!(kept, &walked[..walked.len() - 1]);
        assert_eq!(last, ["At Risk 0", "Renewal"]);
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', it.from_stage, it.notes, who.full_name, it.entered_at = before.exited_at, it.exited_at is null)
                 from cs.journey_history as it
                 join cs.journey_history as before on before.account_id = it.account_id and before.to_stage = 'At Risk'
                 join cs.profiles as who on who.user_id = it.triggered_by
                 where it.account_id = {techstart} and it.to_stage = 'Renewal'"
            )),
            ["At Risk they want to talk Alice Administrator t t"]
        );
    }
}
