//! The editing of stages.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::{FIRST, milestone, move_to, stage_and_status};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn stages_are_renamed_swapped_and_ordered_against_the_version_seen() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let seen = text("select cs.stages_version()").unwrap();
        move_to("Adoption");
        run("select cs.save_stages(jsonb_build_array(
                jsonb_build_object('id', (select id from cs.journey_stages where name = 'Onboarding'), 'name', 'Adoption'),
                jsonb_build_object('id', (select id from cs.journey_stages where name = 'Adoption'), 'name', 'Onboarding', 'wip_limit', 7),
                jsonb_build_object('name', 'Advocacy', 'target_duration_days', 10)), cs.stages_version())");
        assert_eq!(stage_and_status(), "Onboarding Active");
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', coalesce(from_stage, '-'), to_stage) from cs.journey_history where account_id = {FIRST} order by entered_at"
            )),
            ["- Adoption", "Adoption Onboarding"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', display_order, name, wip_limit) from cs.journey_stages where display_order in (1, 2, 8) order by 1"
            ),
            ["1 Adoption", "2 Onboarding 7", "8 Advocacy"]
        );
        assert_eq!(
            fails_with(&format!("select cs.save_stages('[]', '{seen}')")),
            "27000 someone else has changed the stages"
        );
        for (changes, expected) in [
            (
                "[{\"name\": \"renewal\"}]",
                "23505 two stages would be called",
            ),
            (
                "[{\"name\": \"x\", \"color_hex\": \"red\"}]",
                "22023 \"red\" is not a valid colour",
            ),
            ("[{\"id\": \"nobody\"}]", "P0002 no such stage"),
        ] {
            let complaint = fails_with(&format!("select cs.save_stages('{changes}')"));
            assert!(complaint.starts_with(expected), "{changes}: {complaint}");
        }
    }

    #[pg_test]
    fn another_stage_can_become_the_end_while_only_lost_accounts_are_in_it() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let hand_over = "select cs.save_stages(jsonb_build_array(
            jsonb_build_object('id', (select id from cs.journey_stages where name = 'At Risk'), 'is_end', true),
            jsonb_build_object('id', (select id from cs.journey_stages where name = 'Churned'), 'is_end', false)))";
        move_to("At Risk");
        assert!(
            fails_with(hand_over).starts_with("22023 a stage with accounts that are not Churned")
        );
        move_to("Adoption");
        run(hand_over);
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        assert_eq!(stage_and_status(), "At Risk Churned");
    }

    #[pg_test]
    fn a_stage_is_deleted_or_kept_for_its_history() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        become_person("ada@one.test");
        run("set local role cs_member");
        let delete = |name: &str, to: &str| {
            format!(
                "select cs.delete_stage((select id from cs.journey_stages where name = '{name}'){to})::text"
            )
        };
        assert_eq!(
            fails_with(&delete("Onboarding", "")),
            "22023 accounts are in the stage \"Onboarding\": 2"
        );
        assert!(fails_with(&delete("Onboarding", ", 'onboarding'")).starts_with("22023"));
        assert!(fails_with(&delete("Onboarding", ", 'nowhere'")).starts_with("P0002"));
        assert!(
            fails_with("update cs.journey_stages set is_active = false where name = 'Onboarding'")
                .starts_with("22023 accounts are in this stage: 2")
        );
        assert_eq!(
            text(&delete("Onboarding", ", 'adoption'")).as_deref(),
            Some("{\"kept\": true, \"moved\": 2, \"named_by\": []}")
        );
        assert_eq!(
            text(&delete("Expansion", "")).as_deref(),
            Some("{\"kept\": false, \"moved\": 0, \"named_by\": []}")
        );
        assert_eq!(
            lines(
                "select name || ' ' || is_active from cs.journey_stages where name in ('Onboarding', 'Expansion')"
            ),
            ["Onboarding false"]
        );
        assert_eq!(
            fails_with("update cs.accounts set current_stage = 'Onboarding'"),
            "22023 the stage \"Onboarding\" is no longer in use"
        );
        move_to("Churned");
        assert_eq!(
            text(&delete("Churned", ", 'At Risk'")).as_deref(),
            Some("{\"kept\": true, \"moved\": 1, \"named_by\": []}")
        );
        assert_eq!(stage_and_status(), "At Risk Churned");
    }
}
