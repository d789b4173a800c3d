//! Auto-complete: whatever makes the criteria of a milestone true.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::run_daily_passes;
    use crate::pg_tests::journey::{FIRST, milestone, move_to, stage_and_status};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run};
    use pgrx::prelude::*;

    /// A required milestone with a condition.
    fn milestone_with_criteria(stage: &str, title: &str, field: &str, op: &str, value: &str) {
        milestone(stage, title);
        run(&format!(
            "update cs.stage_milestones
             set criteria = '{{\"field\": \"{field}\", \"op\": \"{op}\", \"value\": {value}}}' where title = '{title}'"
        ));
    }

    /// Which milestones are done or waived, and by whom.
    fn done_or_waived() -> Vec<String> {
        lines(
            "select concat_ws(' ', account.name, milestone.title, status.state, coalesce(status.completed_by::text, 'itself'))
             from cs.account_milestones as status
             join cs.accounts as account on account.id = status.account_id
             join cs.stage_milestones as milestone on milestone.id = status.milestone_id
             order by 1",
        )
    }

    fn entered_days_ago(days: i32) {
        run(&format!(
            "update cs.journey_history set entered_at = now() - {days} * interval '24 hours'
             where exited_at is null and account_id = {FIRST}"
        ));
    }

    #[pg_test]
    fn a_new_or_changed_account_completes_its_milestones() {
        run(WORLD);
        milestone_with_criteria("Onboarding", "Paying", "arr", "gte", "1000");
        become_person("ada@one.test");
        run("set local role cs_member");
        run(
            "insert into cs.accounts (name, crm_attributes)
             select 'New ' || place, jsonb_build_object('arr', place * 100) from generate_series(1, 12) as place",
        );
        assert_eq!(
            done_or_waived(),
            [
                "New 10 Paying done itself",
                "New 11 Paying done itself",
                "New 12 Paying done itself"
            ]
        );
        let poor = "update cs.accounts set crm_attributes = '{\"arr\": 5}' where name = 'First'";
        run(poor);
        assert_eq!(done_or_waived().len(), 3);
        run("update cs.accounts set crm_attributes = '{\"arr\": 1000}' where name = 'First'");
        assert_eq!(done_or_waived().len(), 4);
        run(poor);
        assert_eq!(done_or_waived()[0], "First Paying done itself");
        assert_eq!(number("select count(*) from cs.account_milestones"), 4);
    }

    #[pg_test]
    fn an_entered_stage_a_score_and_a_saved_milestone_complete_too() {
        run(WORLD);
        milestone_with_criteria("Adoption", "Live", "status", "eq", "\"Active\"");
        milestone_with_criteria("Adoption", "Healthy", "health_score", "gte", "70");
        assert_eq!(done_or_waived(), Vec::<String>::new());
        move_to("Adoption");
        assert_eq!(done_or_waived(), ["First Live done itself"]);
        let score = |score: i32| {
            run(&format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score)
                 select tenant_id, id, {score} from cs.accounts where name = 'First'"
            ));
        };
        score(69);
        assert_eq!(done_or_waived().len(), 1);
        score(70);
        assert_eq!(
            done_or_waived(),
            ["First Healthy done itself", "First Live done itself"]
        );
        become_person("ada@one.test");
        run("set local role cs_member");
        run("select cs.save_milestones((select id from cs.journey_stages where name = 'Onboarding'),
                '[{\"title\": \"Named\", \"criteria\": {\"field\": \"name\", \"op\": \"contains\", \"value\": \"o\"}}]')");
        // Second is the only one of this tenant in the stage; Other is another tenant's.
        assert_eq!(done_or_waived()[2], "Second Named done itself");
        assert_eq!(done_or_waived().len(), 3);
    }

    #[pg_test]
    fn only_open_active_milestones_of_the_current_stage_are_completed() {
        run(WORLD);
        become_person("ada@one.test");
        milestone("Onboarding", "Signed");
        run(&format!(
            "select cs.complete_milestone({FIRST}, (select id from cs.stage_milestones where title = 'Signed'), 'verbal')"
        ));
        milestone_with_criteria("Renewal", "Quote", "status", "eq", "\"Active\"");
        milestone("Onboarding", "Gone");
        run(
            "update cs.stage_milestones set is_active = false where title = 'Gone';
             update cs.stage_milestones set criteria = '{\"field\": \"status\", \"op\": \"eq\", \"value\": \"Active\"}'
             where title in ('Signed', 'Gone')",
        );
        assert_eq!(
            lines("select state_of from (
                     select account.name || ' ' || status.state || ' ' || coalesce(status.reason, '-')
                     from cs.account_milestones as status join cs.accounts as account on account.id = status.account_id
                   ) as it (state_of) order by 1"),
            ["First waived verbal", "Second done -"]
        );
    }

    #[pg_test]
    fn usage_that_makes_no_new_score_completes_when_the_account_is_scored() {
        run(WORLD);
        milestone_with_criteria("Churned", "Seen again", "logins_30d", "gte", "3");
        move_to("Churned");
        run(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
             select tenant_id, id, 'logins', 3 from cs.accounts where name = 'First'",
        );
        assert_eq!(done_or_waived(), Vec::<String>::new());
        crate::pg_tests::health::compute_marked_accounts();
        assert_eq!(done_or_waived(), ["First Seen again done itself"]);
        assert_eq!(number("select count(*) from cs.health_scores"), 0);
    }

    #[pg_test]
    fn time_alone_completes_in_the_daily_pass() {
        run(WORLD);
        milestone_with_criteria("Onboarding", "Settled in", "days_in_stage", "gte", "5");
        entered_days_ago(5);
        assert_eq!(done_or_waived(), Vec::<String>::new());
        run_daily_passes();
        assert_eq!(done_or_waived(), ["First Settled in done itself"]);
    }

    #[pg_test]
    fn a_move_is_not_held_back_by_criteria_that_are_met_by_now() {
        run(WORLD);
        milestone_with_criteria("Onboarding", "Settled in", "days_in_stage", "gte", "5");
        milestone("Onboarding", "Kick-off");
        become_person("ada@one.test");
        let forward = format!("select cs.move_account_stage({FIRST}, 'Adoption')");
        assert_eq!(
            fails_with(&forward),
            "55000 these milestones must be done or waived before \"Adoption\": Kick-off, Settled in"
        );
        entered_days_ago(5);
        run("set local role cs_member");
        assert_eq!(
            fails_with(&forward),
            "55000 these milestones must be done or waived before \"Adoption\": Kick-off"
        );
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', waive_reason => 'known')"
        ));
        assert_eq!(stage_and_status(), "Adoption Active");
        assert_eq!(done_or_waived()[1], "First Settled in done itself");
        assert_eq!(
            number(
                "select cardinality(waived)::bigint from cs.journey_history where to_stage = 'Adoption'"
            ),
            1
        );
    }

    #[pg_test]
    fn however_it_is_made_a_move_completes_before_it_is_held_back() {
        run(WORLD);
        milestone_with_criteria("Onboarding", "Settled in", "days_in_stage", "gte", "5");
        run("insert into cs.accounts (tenant_id, name)
             select tenant_id, 'Young' from cs.accounts where name = 'First'");
        entered_days_ago(5);
        become_person("ada@one.test");
        run("set local role cs_member");
        // In one statement all move or none.
        assert_eq!(
            fails_with(
                "update cs.accounts set current_stage = 'Adoption' where name in ('First', 'Young')"
            ),
            "55000 these milestones must be done or waived before \"Adoption\": Settled in"
        );
        assert_eq!(done_or_waived(), Vec::<String>::new());
        run("update cs.accounts set current_stage = 'Adoption' where name = 'First'");
        assert_eq!(stage_and_status(), "Adoption Active");
        assert_eq!(done_or_waived(), ["First Settled in done itself"]);
    }

    #[pg_test]
    fn leaving_a_side_stage_completes_milestones_of_the_stage_before_it() {
        run(WORLD);
        milestone_with_criteria("Onboarding", "Paying", "arr", "gte", "1000");
        move_to("At Risk");
        run("update cs.accounts set crm_attributes = '{\"arr\": 1000}' where name = 'First'");
        assert_eq!(done_or_waived(), Vec::<String>::new());
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption')"
        ));
        assert_eq!(done_or_waived(), ["First Paying done itself"]);
    }
}
