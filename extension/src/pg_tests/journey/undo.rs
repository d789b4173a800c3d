//! Moves that are undone.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::{FIRST, id_of, milestone, move_to, stage_and_status};
    use crate::pg_tests::{WORLD, become_person, detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    /// The open row of the account, as SQL.
    const LAST: &str = "(select id from cs.journey_history where exited_at is null
        and account_id = (select id from cs.accounts where name = 'First'))";

    fn undo() -> String {
        format!("select cs.undo_stage_move({LAST}) ->> 'current_stage'")
    }

    #[pg_test]
    fn a_move_is_taken_back_by_a_move() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', note => 'slipped')"
        ));
        assert_eq!(text(&undo()).as_deref(), Some("Onboarding"));
        let walked = lines(&format!(
            "select concat_ws(' ', to_stage, coalesce(notes, '-'), triggered_by = cs.current_user_id(), exited_at is null)
             from cs.journey_history where account_id = {FIRST} order by entered_at, id"
        ));
        assert_eq!(
            walked,
            [
                "Onboarding - f",
                "Adoption slipped t f",
                "Onboarding undone t t"
            ]
        );
        assert_eq!(fails_with(&undo()), "22023 an undo cannot be undone");
        move_to("Adoption");
        assert_eq!(text(&undo()).as_deref(), Some("Onboarding"));
    }

    /// The account's rows of history, oldest first: where it was, what counts, whether each begins as the one before ended.
    fn chain() -> Vec<String> {
        lines(&format!(
            "select concat_ws(' ', to_stage, is_undone, is_resumed, resumes is not null,
                entered_at is not distinct from lag(exited_at) over story)
             from cs.journey_history where account_id = {FIRST}
             window story as (order by entered_at, id) order by entered_at, id"
        ))
    }

    #[pg_test]
    fn what_was_taken_back_counts_nowhere_and_the_clock_goes_on() {
        run(WORLD);
        run("update cs.journey_history set entered_at = now() - interval '20 days'");
        let figures = || {
            lines(
                "select to_jsonb(it)::text from cs.stage_velocity as it
                 union all select to_jsonb(it)::text from cs.portfolio_growth as it
                 union all select cs.growth_between('-infinity', 'infinity')::text
                 union all select to_jsonb(it)::text from cs.journey_board as it
                 union all select concat_ws(' ', name, stage_since, days_in_stage, stage_state) from cs.account_overview
                 union all select concat_ws(' ', account_id, since, seconds, over_seconds, stage_state) from cs.current_stays
                 union all select concat_ws(' ', account_name, title, due_at, is_overdue) from cs.account_milestone_status
                 union all select to_jsonb(step)::text from cs.accounts, cs.journey_steps(accounts.id) as step
                 union all select 'thirty ' || cs.matching_accounts('{\"field\": \"days_in_stage\", \"op\": \"eq\", \"value\": 20}')
                 union all select 'late ' || cs.matching_accounts('{\"field\": \"overdue_milestones\", \"op\": \"eq\", \"value\": 1}')
                 union all select 'pace ' || cs.matching_accounts('{\"field\": \"stage_state\", \"op\": \"eq\", \"value\": \"on_track\"}')
                 order by 1",
            )
        };
        milestone("Onboarding", "Kick-off");
        run("update cs.stage_milestones set due_after_days = 10");
        become_person("ada@one.test");
        let before = figures();
        assert!(before.len() > 20);
        for slip in ["Churned", "At Risk", "Churned"] {
            move_to(slip);
            assert_ne!(figures(), before);
            run(&undo());
            assert_eq!(figures(), before);
        }
        assert_eq!(
            chain(),
            [
                "Onboarding f t f f",
                "Churned t f f t",
                "Onboarding f t t t",
                "At Risk t f f t",
                "Onboarding f t t t",
                "Churned t f f t",
                "Onboarding f f t t"
            ]
        );
        assert_eq!(stage_and_status(), "Onboarding Active");
    }

    #[pg_test]
    fn a_stay_that_went_on_after_an_undo_ends_as_one() {
        run(WORLD);
        run("update cs.journey_history set entered_at = now() - interval '20 days'");
        become_person("ada@one.test");
        move_to("Churned");
        run(&undo());
        move_to("Adoption");
        let velocity = || {
            lines(
                "select concat_ws(' ', stage, entered, completed, mean_days, open_now, conversion)
                 from cs.velocity_between('-infinity', 'infinity', '{\"field\": \"name\", \"op\": \"eq\", \"value\": \"First\"}')
                 where entered > 0 order by display_order"
            )
        };
        assert_eq!(
            velocity(),
            ["Onboarding 1 1 20.0 0 1.000", "Adoption 1 0 1"]
        );
        // Whatever the times of the rows are made later, the stay is from the beginning of the first to the end of the last.
        run(&format!(
            "update cs.journey_history set entered_at = now() - interval '41 days'
             where account_id = {FIRST} and from_stage is null;
             update cs.journey_history
             set entered_at = now() - interval '2 days', exited_at = now() - interval '1 day', duration_days = 1
             where account_id = {FIRST} and resumes is not null;
             update cs.journey_history set entered_at = now() - interval '1 day'
             where account_id = {FIRST} and exited_at is null"
        ));
        assert_eq!(
            velocity(),
            ["Onboarding 1 1 40.0 0 1.000", "Adoption 1 0 1"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', flow ->> 'from_stage', flow ->> 'to_stage', flow -> 'moves', flow -> 'median_days')
                 from jsonb_array_elements(cs.growth_between('-infinity', 'infinity') -> 'flows') as flow order by 1"
            ),
            ["Onboarding 3 null", "Onboarding Adoption 1 40.0"]
        );
        // The next slip resumes the stay that is under way, not the one before it.
        move_to("Churned");
        run(&undo());
        assert_eq!(
            velocity(),
            ["Onboarding 1 1 40.0 0 1.000", "Adoption 1 0 1"]
        );
    }

    #[pg_test]
    fn a_move_in_the_tree_in_the_same_transaction_hides_no_undo() {
        run(WORLD);
        become_person("ada@one.test");
        run(
            "update cs.accounts set parent_id = (select id from cs.accounts where name = 'Second') where name = 'First'",
        );
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', note => 'slipped')"
        ));
        run(&undo());
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', to_stage, is_undone, is_resumed, coalesce(notes, '-'))
                 from cs.journey_history where account_id = {FIRST} order by entered_at, id"
            )),
            [
                "Onboarding f t -",
                "Adoption t f slipped",
                "Onboarding f f undone"
            ]
        );
    }

    #[pg_test]
    fn a_playbook_is_told_that_a_move_is_an_undo() {
        run(WORLD);
        become_person("ada@one.test");
        move_to("Adoption");
        run(&undo());
        assert_eq!(
            lines(
                "select concat_ws(' ', event ->> 'from_stage', event ->> 'to_stage', coalesce(event ->> 'undo', '-'))
                 from cs.playbook_executions where event ->> 'kind' = 'stage_enter' and event ->> 'from_stage' is not null order by id"
            ),
            ["Onboarding Adoption -", "Adoption Onboarding true"]
        );
    }

    #[pg_test]
    fn an_undone_move_frees_nothing() {
        run(WORLD);
        milestone("Adoption", "Trained");
        become_person("ada@one.test");
        run("set local role cs_member");
        move_to("Adoption");
        move_to("At Risk");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Renewal', waive_reason => 'by mistake')"
        ));
        assert_eq!(text(&undo()).as_deref(), Some("At Risk"));
        assert_eq!(
            text(&format!("select cs.suggested_stage({FIRST})")).as_deref(),
            Some("Adoption")
        );
        assert!(
            fails_with(&format!("select cs.move_account_stage({FIRST}, 'Renewal')"))
                .starts_with("55000 ")
        );
    }

    #[pg_test]
    fn only_the_last_move_and_only_while_it_is_fresh() {
        run(WORLD);
        become_person("ada@one.test");
        assert_eq!(
            fails_with(&undo()),
            "22023 this is the account's first stage: there is none to go back to"
        );
        move_to("Adoption");
        run(&format!(
            "create temp table slip on commit drop as select {LAST} as id"
        ));
        move_to("Renewal");
        let late = "select cs.undo_stage_move(id) from pg_temp.slip";
        assert_eq!(
            fails_with(late),
            "27000 Ada moved this account to \"Renewal\""
        );
        assert!(detail_of(late).contains("\"stage\":\"Renewal\""));
        let age = |minutes: i32| {
            run(&format!(
                "update cs.journey_history set entered_at = clock_timestamp() - {minutes} * interval '1 minute' where id = {LAST}"
            ));
        };
        age(11);
        assert_eq!(
            fails_with(&undo()),
            "22023 a move can be undone for 10 minutes, and this one is older"
        );
        age(9);
        run(&undo());
        assert_eq!(stage_and_status(), "Adoption Active");
        for unknown in ["cs.uuid_v7()", "null"] {
            assert_eq!(
                fails_with(&format!("select cs.undo_stage_move({unknown})")),
                "P0002 no such move"
            );
        }
    }

    #[pg_test]
    fn an_undo_is_never_held_back_and_the_next_move_is_again() {
        run(WORLD);
        move_to("Adoption");
        milestone("Onboarding", "Kick-off");
        move_to("Onboarding");
        run(&undo());
        assert_eq!(stage_and_status(), "Adoption Active");
        move_to("Onboarding");
        assert!(
            fails_with("update cs.accounts set current_stage = 'Adoption' where name = 'First'")
                .starts_with("55000")
        );
        move_to("Churned");
        assert_eq!(stage_and_status(), "Churned Churned");
        run(&undo());
        assert_eq!(stage_and_status(), "Onboarding Active");
    }

    #[pg_test]
    fn the_status_that_a_move_has_changed_comes_back_with_it() {
        run(WORLD);
        become_person("ada@one.test");
        for (status, slip) in [
            (
                "Paused",
                "select cs.move_account_stage((select id from cs.accounts where name = 'First'), 'Churned')",
            ),
            (
                "Paused",
                "update cs.accounts set status = 'Churned' where name = 'First'",
            ),
            (
                "Paused",
                "update cs.accounts set status = 'Churned', current_stage = 'Churned' where name = 'First'",
            ),
            (
                "Active",
                "update cs.accounts set status = 'Churned' where name = 'First'",
            ),
        ] {
            run(&format!(
                "update cs.accounts set status = '{status}' where name = 'First'"
            ));
            run(slip);
            assert_eq!(stage_and_status(), "Churned Churned", "{slip}");
            run(&undo());
            assert_eq!(stage_and_status(), format!("Onboarding {status}"), "{slip}");
        }
        // A status that someone set since is not the move's.
        move_to("Adoption");
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        run(&undo());
        assert_eq!(stage_and_status(), "Onboarding Paused");
        // A move back from the end makes the account Active; its undo leaves it lost.
        move_to("Churned");
        move_to("Adoption");
        assert_eq!(stage_and_status(), "Adoption Active");
        run(&undo());
        assert_eq!(stage_and_status(), "Churned Churned");
    }

    #[pg_test]
    fn milestones_waived_for_an_undone_move_are_open_again() {
        run(WORLD);
        for title in ["Kick-off", "Training", "Contract"] {
            milestone("Onboarding", title);
        }
        become_person("ada@one.test");
        run("set local role cs_member");
        run(&format!(
            "select cs.complete_milestone({FIRST}, {})",
            id_of("Contract")
        ));
        run(&format!(
            "select cs.complete_milestone({FIRST}, {}, 'known')",
            id_of("Training")
        ));
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', waive_reason => 'known')"
        ));
        assert_eq!(number("select count(*) from cs.account_milestones"), 3);
        run(&undo());
        assert_eq!(
            lines(
                "select title || ' ' || state from cs.account_milestone_status where account_name = 'First' order by title"
            ),
            ["Contract done", "Kick-off open", "Training waived"]
        );
    }

    #[pg_test]
    fn without_the_right_to_move_there_is_no_undo_and_strangers_see_no_move() {
        run(WORLD);
        run(
            "update cs.accounts set current_stage = 'Adoption' where name in ('First', 'Other');
             create temp table moved on commit drop as
                select account.name, stay.id from cs.journey_history as stay
                join cs.accounts as account on account.id = stay.account_id where stay.exited_at is null;
             grant select on moved to cs_member",
        );
        become_person("ben@two.test");
        run("set local role cs_member");
        let undo = |name: &str| {
            format!("select cs.undo_stage_move((select id from moved where name = '{name}'))")
        };
        assert_eq!(
            fails_with(&undo("Other")),
            "42501 your role may not move accounts to another stage, or complete milestones"
        );
        assert_eq!(fails_with(&undo("First")), "P0002 no such move");
    }
}
