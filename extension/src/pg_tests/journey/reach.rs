//! Milestones that complete themselves: whatever makes their criteria true.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::{FIRST, go, milestone, stands};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run};
    use pgrx::prelude::*;

    /// A required milestone with a condition.
    fn asking(stage: &str, title: &str, field: &str, op: &str, value: &str) {
        milestone(stage, title);
        run(&format!(
            "update cs.stage_milestones
             set criteria = '{{\"field\": \"{field}\", \"op\": \"{op}\", \"value\": {value}}}' where title = '{title}'"
        ));
    }

    /// Who has settled what.
    fn settled() -> Vec<String> {
        lines(
            "select concat_ws(' ', account.name, milestone.title, settled.state, coalesce(settled.completed_by::text, 'itself'))
             from cs.account_milestones as settled
             join cs.accounts as account on account.id = settled.account_id
             join cs.stage_milestones as milestone on milestone.id = settled.milestone_id
             order by 1",
        )
    }

    fn begun(days: i32) {
        run(&format!(
            "update cs.journey_history set entered_at = now() - {days} * interval '24 hours'
             where exited_at is null and account_id = {FIRST}"
        ));
    }

    #[pg_test]
    fn an_account_made_or_changed_reaches_its_milestones() {
        run(WORLD);
        asking("Onboarding", "Paying", "arr", "gte", "1000");
        become_person("ada@one.test");
        run("set local role cs_member");
        run(
            "insert into cs.accounts (name, crm_attributes)
             select 'New ' || place, jsonb_build_object('arr', place * 100) from generate_series(1, 12) as place",
        );
        assert_eq!(
            settled(),
            [
                "New 10 Paying done itself",
                "New 11 Paying done itself",
                "New 12 Paying done itself"
            ]
        );
        let poor = "update cs.accounts set crm_attributes = '{\"arr\": 5}' where name = 'First'";
        run(poor);
        assert_eq!(settled().len(), 3);
        run("update cs.accounts set crm_attributes = '{\"arr\": 1000}' where name = 'First'");
        assert_eq!(settled().len(), 4);
        run(poor);
        assert_eq!(settled()[0], "First Paying done itself");
        assert_eq!(number("select count(*) from cs.account_milestones"), 4);
    }

    #[pg_test]
    fn a_stage_entered_a_score_and_a_milestone_saved_ask_too() {
        run(WORLD);
        asking("Adoption", "Live", "status", "eq", "\"Active\"");
        asking("Adoption", "Healthy", "health_score", "gte", "70");
        assert_eq!(settled(), Vec::<String>::new());
        go("Adoption");
        assert_eq!(settled(), ["First Live done itself"]);
        let score = |score: i32| {
            run(&format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score)
                 select tenant_id, id, {score} from cs.accounts where name = 'First'"
            ));
        };
        score(69);
        assert_eq!(settled().len(), 1);
        score(70);
        assert_eq!(
            settled(),
            ["First Healthy done itself", "First Live done itself"]
        );
        become_person("ada@one.test");
        run("set local role cs_member");
        run("select cs.save_milestones((select id from cs.journey_stages where name = 'Onboarding'),
                '[{\"title\": \"Named\", \"criteria\": {\"field\": \"name\", \"op\": \"contains\", \"value\": \"o\"}}]')");
        // Second is the only one of this tenant in the stage; Other is another tenant's.
        assert_eq!(settled()[2], "Second Named done itself");
        assert_eq!(settled().len(), 3);
    }

    #[pg_test]
    fn only_open_milestones_of_the_present_stage_that_are_in_use_are_completed() {
        run(WORLD);
        become_person("ada@one.test");
        milestone("Onboarding", "Signed");
        run(&format!(
            "select cs.complete_milestone({FIRST}, (select id from cs.stage_milestones where title = 'Signed'), 'verbal')"
        ));
        asking("Renewal", "Quote", "status", "eq", "\"Active\"");
        milestone("Onboarding", "Gone");
        run(
            "update cs.stage_milestones set is_active = false where title = 'Gone';
             update cs.stage_milestones set criteria = '{\"field\": \"status\", \"op\": \"eq\", \"value\": \"Active\"}'
             where title in ('Signed', 'Gone')",
        );
        assert_eq!(
            lines("select settled_state from (
                     select account.name || ' ' || settled.state || ' ' || coalesce(settled.reason, '-')
                     from cs.account_milestones as settled join cs.accounts as account on account.id = settled.account_id
                   ) as it (settled_state) order by 1"),
            ["First waived verbal", "Second done -"]
        );
    }

    #[pg_test]
    fn usage_that_makes_no_new_score_asks_when_it_is_drained() {
        run(WORLD);
        asking("Churned", "Seen again", "logins_30d", "gte", "3");
        go("Churned");
        run(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
             select tenant_id, id, 'logins', 3 from cs.accounts where name = 'First'",
        );
        assert_eq!(settled(), Vec::<String>::new());
        crate::pg_tests::health::drain();
        assert_eq!(settled(), ["First Seen again done itself"]);
        assert_eq!(number("select count(*) from cs.health_scores"), 0);
    }

    #[pg_test]
    fn time_asks_by_the_daily_pass() {
        run(WORLD);
        asking("Onboarding", "Settled in", "days_in_stage", "gte", "5");
        begun(5);
        assert_eq!(settled(), Vec::<String>::new());
        while crate::health::pass_step().unwrap() {}
        assert_eq!(settled(), ["First Settled in done itself"]);
    }

    #[pg_test]
    fn a_move_is_not_held_by_what_is_true_by_now() {
        run(WORLD);
        asking("Onboarding", "Settled in", "days_in_stage", "gte", "5");
        milestone("Onboarding", "Kick-off");
        become_person("ada@one.test");
        let forward = format!("select cs.move_account_stage({FIRST}, 'Adoption')");
        assert_eq!(
            fails_with(&forward),
            "55000 these milestones must be done or waived before \"Adoption\": Kick-off, Settled in"
        );
        begun(5);
        run("set local role cs_member");
        assert_eq!(
            fails_with(&forward),
            "55000 these milestones must be done or waived before \"Adoption\": Kick-off"
        );
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', waive_reason => 'known')"
        ));
        assert_eq!(stands(), "Adoption Active");
        assert_eq!(settled()[1], "First Settled in done itself");
        assert_eq!(
            number(
                "select cardinality(waived)::bigint from cs.journey_history where to_stage = 'Adoption'"
            ),
            1
        );
    }

    #[pg_test]
    fn every_door_asks_before_it_holds() {
        run(WORLD);
        asking("Onboarding", "Settled in", "days_in_stage", "gte", "5");
        run("insert into cs.accounts (tenant_id, name)
             select tenant_id, 'Young' from cs.accounts where name = 'First'");
        begun(5);
        become_person("ada@one.test");
        run("set local role cs_member");
        // Of one statement all move or none.
        assert_eq!(
            fails_with(
                "update cs.accounts set current_stage = 'Adoption' where name in ('First', 'Young')"
            ),
            "55000 these milestones must be done or waived before \"Adoption\": Settled in"
        );
        assert_eq!(settled(), Vec::<String>::new());
        run("update cs.accounts set current_stage = 'Adoption' where name = 'First'");
        assert_eq!(stands(), "Adoption Active");
        assert_eq!(settled(), ["First Settled in done itself"]);
    }

    #[pg_test]
    fn the_way_out_of_the_side_asks_for_the_stage_before_it() {
        run(WORLD);
        asking("Onboarding", "Paying", "arr", "gte", "1000");
        go("At Risk");
        run("update cs.accounts set crm_attributes = '{\"arr\": 1000}' where name = 'First'");
        assert_eq!(settled(), Vec::<String>::new());
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption')"
        ));
        assert_eq!(settled(), ["First Paying done itself"]);
    }
}
