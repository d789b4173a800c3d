//! Milestones: how they hold back a move, how they are done or waived, how they are edited.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::{FIRST, id_of, milestone, move_to, stage_and_status};
    use crate::pg_tests::{WORLD, become_person, detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn open_milestones_hold_back_a_forward_move_however_it_is_made() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        milestone("Onboarding", "Training");
        run("update cs.stage_milestones set is_required = false where title = 'Training'");
        let bare = "update cs.accounts set current_stage = 'Adoption' where name = 'First'";
        assert_eq!(
            fails_with(bare),
            "55000 these milestones must be done or waived before \"Adoption\": Kick-off"
        );
        let listed = text("select jsonb_build_object('open_milestones', jsonb_build_array(jsonb_build_object('id', id, 'title', title)))::text
             from cs.stage_milestones where title = 'Kick-off'").unwrap();
        assert_eq!(
            detail_of(bare).replace(' ', ""),
            format!("55000{}", listed.replace(' ', ""))
        );
        become_person("ada@one.test");
        run("set local role cs_member");
        assert!(fails_with(bare).starts_with("55000"));
        assert!(
            fails_with(&format!(
                "select cs.move_account_stage({FIRST}, 'Adoption')"
            ))
            .starts_with("55000")
        );
        run(&format!(
            "select cs.complete_milestone({FIRST}, {})",
            id_of("Kick-off")
        ));
        run(bare);
        assert_eq!(stage_and_status(), "Adoption Active");
    }

    #[pg_test]
    fn a_waiver_lets_through_and_is_kept_with_its_reason() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        become_person("ada@one.test");
        run("set local role cs_member");
        let blank =
            format!("select cs.move_account_stage({FIRST}, 'Adoption', waive_reason => ' ')");
        assert_eq!(fails_with(&blank), "22023 a waiver needs a reason");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', null, 'on we go', 'they know it all')"
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', state, reason, completed_by = cs.current_user_id()) from cs.account_milestones"
            ),
            ["waived they know it all t"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' | ', notes, override_reason) from cs.journey_history where to_stage = 'Adoption'"
            ),
            ["on we go | they know it all"]
        );
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Renewal', waive_reason => 'nothing to waive')"
        ));
        assert_eq!(
            number("select count(*) from cs.journey_history where override_reason is not null"),
            1
        );
    }

    #[pg_test]
    fn side_stages_and_steps_back_are_free_and_leaving_a_side_stage_is_not() {
        run(WORLD);
        move_to("Adoption");
        milestone("Adoption", "Live");
        move_to("Onboarding");
        move_to("Adoption");
        move_to("At Risk");
        let forward = "update cs.accounts set current_stage = 'Renewal' where name = 'First'";
        assert!(fails_with(forward).starts_with("55000"));
        move_to("Adoption");
        move_to("At Risk");
        move_to("Onboarding");
        move_to("At Risk");
        // Once the account is back in Onboarding, Adoption's milestones no longer matter.
        move_to("Renewal");
        assert_eq!(stage_and_status(), "Renewal Active");
    }

    #[pg_test]
    fn a_milestone_made_later_does_not_reopen_the_stage_left() {
        run(WORLD);
        move_to("At Risk");
        milestone("Onboarding", "Too late");
        move_to("Renewal");
        assert_eq!(stage_and_status(), "Renewal Active");
    }

    #[pg_test]
    fn without_a_main_stage_before_it_a_side_stage_is_left_freely() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        run("insert into cs.accounts (tenant_id, name, current_stage)
             select tenant_id, 'Third', 'At Risk' from cs.accounts where name = 'First'");
        run("update cs.accounts set current_stage = 'Renewal' where name = 'Third'");
        assert_eq!(
            number("select count(*) from cs.accounts where current_stage = 'Renewal'"),
            1
        );
    }

    #[pg_test]
    fn a_milestone_is_done_once_and_overdue_until_then() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        run("update cs.stage_milestones set due_after_days = 2");
        run("update cs.journey_history set entered_at = now() - interval '50 hours'");
        let state = "select concat_ws(' ', state, is_overdue, due_at < now()) from cs.account_milestone_status where account_name = 'First'";
        assert_eq!(lines(state), ["open t t"]);
        let complete = format!(
            "select cs.complete_milestone({FIRST}, {}",
            id_of("Kick-off")
        );
        assert!(fails_with(&format!("{complete}, '')")).starts_with("22023"));
        run(&format!("{complete})"));
        run(&format!("{complete}, 'no need')"));
        assert_eq!(lines(state), ["done f t"]);
        assert_eq!(
            number("select count(*) from cs.account_milestones where reason is null"),
            1
        );
    }

    #[pg_test]
    fn milestones_are_added_changed_and_checked() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let stage = "(select id from cs.journey_stages where name = 'Onboarding')";
        run(&format!(
            "select cs.save_milestones({stage}, '[{{\"title\": \"One\", \"due_after_days\": 5}},
                {{\"title\": \"Two\", \"is_required\": false, \"criteria\": {{\"field\": \"stage\", \"op\": \"eq\", \"value\": \"adoption\"}}}}]')"
        ));
        run(&format!(
            "select cs.save_milestones({stage}, jsonb_build_array(jsonb_build_object('id', id, 'due_after_days', null, 'title', 'Uno')))
             from cs.stage_milestones where title = 'One'"
        ));
        assert_eq!(
            lines("select concat_ws(' ', title, is_required, display_order, due_after_days is null, criteria ->> 'value' = (
                     select id::text from cs.journey_stages where name = 'Adoption'))
                   from cs.stage_milestones order by display_order"),
            ["Uno t 1 t", "Two f 2 t t"]
        );
        for (changes, expected) in [
            ("{}", "22023 changes must be a list of objects"),
            (
                "[{\"titel\": \"x\"}]",
                "22023 changes[0] has no key \"titel\"",
            ),
            (
                "[{\"is_required\": 1}]",
                "22023 changes[0].is_required must be true or false",
            ),
            ("[{}]", "22023 title must be given"),
            ("[{\"title\": \" \"}]", "22023 a milestone needs a title"),
            (
                "[{\"title\": \"x\", \"due_after_days\": 0}]",
                "22023 due_after_days must be at least 1",
            ),
            (
                "[{\"title\": \"x\", \"criteria\": {\"field\": \"nothing\"}}]",
                "22023",
            ),
            (
                "[{\"id\": \"00000000-0000-0000-0000-000000000000\"}]",
                "P0002 no such milestone",
            ),
        ] {
            let complaint = fails_with(&format!("select cs.save_milestones({stage}, '{changes}')"));
            assert!(complaint.starts_with(expected), "{changes}: {complaint}");
        }
    }
}
