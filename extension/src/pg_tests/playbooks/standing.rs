//! Who is in the state that a kind of event means.

use crate::pg::section::System;
use crate::pg_tests::{WORLD, lines, run};
use crate::playbooks::definition::PlaybookTrigger;
use crate::playbooks::standing::{self, Standing};
use pgrx::{Spi, Uuid};

/// The tenant that the tests are about.
pub fn tenant() -> Uuid {
    Spi::get_one("select id from cs.tenants where slug = 'one'")
        .unwrap()
        .unwrap()
}

/// The world with a third account, all of them years old.
pub fn standing_world() {
    run(WORLD);
    run(
        "insert into cs.accounts (tenant_id, name) select id, 'Third' from cs.tenants where slug = 'one'",
    );
    run("update cs.journey_history set entered_at = now() - interval '2 years'");
}

fn find(event: &str, among: Option<&[Uuid]>) -> Vec<Standing> {
    let criteria = serde_json::from_str(&format!("{{\"event\": {event}}}")).unwrap();
    let _section = System::enter();
    let trigger = PlaybookTrigger::resolve(tenant(), &criteria).unwrap();
    standing::find(tenant(), &trigger.event, among).unwrap()
}

fn name(account: Uuid) -> String {
    lines(&format!(
        "select name from cs.accounts where id = '{account}'"
    ))
    .concat()
}

/// The names of the accounts that are in the state, in order.
pub fn who(event: &str) -> String {
    let mut names = find(event, None)
        .iter()
        .map(|it| name(it.account_id))
        .collect::<Vec<_>>();
    names.sort();
    names.join(" ")
}

/// Account, subject, values, and whether it is stale or uncertain.
pub fn told(event: &str) -> Vec<String> {
    let describe = |it: &Standing| {
        let marks = [(it.stale, " stale"), (it.uncertain, " uncertain")];
        let marks = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark);
        let marks = marks.collect::<String>();
        format!(
            "{} [{}] {}{marks}",
            name(it.account_id),
            it.subject,
            it.values
        )
    };
    let mut told = find(event, None).iter().map(describe).collect::<Vec<_>>();
    told.sort();
    told
}

#[pgrx::pg_schema]
mod tests {
    use super::*;
    use crate::pg_tests::become_person;
    use crate::pg_tests::journey::{FIRST, milestone, move_to};
    use pgrx::prelude::*;

    fn score(account: &str, columns: &str, values: &str) {
        run(&format!(
            "insert into cs.health_scores (tenant_id, account_id, {columns})
             select tenant_id, id, {values} from cs.accounts where name = '{account}'"
        ));
    }

    #[pg_test]
    fn scores_are_compared_with_their_bounds() {
        standing_world();
        score("First", "overall_score, usage_score", "39, 30");
        score("Second", "overall_score, usage_score", "40, null");
        score("Other", "overall_score", "10");
        assert_eq!(who(r#"{"kind": "health_drop", "threshold": 40}"#), "First");
        assert_eq!(who(r#"{"kind": "health_drop", "threshold": 39}"#), "");
        assert_eq!(
            who(r#"{"kind": "risk_level_change", "to": "At Risk"}"#),
            "Second"
        );
        let below = |threshold: i32| {
            who(&format!(
                r#"{{"kind": "component_below", "component": "usage", "threshold": {threshold}}}"#
            ))
        };
        assert_eq!((below(30), below(31)), (String::new(), "First".into()));
        score(
            "First",
            "overall_score, confidence, stale_feed",
            "20, 'low', true",
        );
        assert_eq!(
            told(r#"{"kind": "health_drop", "threshold": 40}"#),
            [r#"First [] {"previous_score":39,"score":20,"threshold":40} stale uncertain"#]
        );
        let first = Spi::get_one::<Uuid>(&format!("select {FIRST}"))
            .unwrap()
            .unwrap();
        let second = "select id from cs.accounts where name = 'Second'";
        let second = Spi::get_one::<Uuid>(second).unwrap().unwrap();
        let drop = r#"{"kind": "health_drop", "threshold": 100}"#;
        assert_eq!(find(drop, Some(&[second])).len(), 1);
        assert_eq!(find(drop, Some(&[first, second])).len(), 2);
        assert_eq!(find(drop, Some(&[])), []);
    }

    #[pg_test]
    fn a_drop_is_measured_from_the_highest_score_of_the_days() {
        standing_world();
        let aged = |account: &str, value: i32, days: i32| {
            let values = format!("{value}, now() - interval '{days} days'");
            score(account, "overall_score, created_at", &values);
        };
        aged("First", 80, 10);
        aged("First", 66, 1);
        aged("Second", 80, 10);
        aged("Second", 70, 8);
        aged("Second", 60, 1);
        aged("Third", 60, 3);
        let lost = |points: i32, days: i32| {
            who(&format!(
                r#"{{"kind": "health_drop_by", "points": {points}, "days": {days}}}"#
            ))
        };
        // First's 80 was shown when the week began, Second's was not.
        assert_eq!(lost(10, 7), "First Second");
        assert_eq!(lost(11, 7), "First");
        assert_eq!(lost(14, 7), "First");
        assert_eq!(lost(15, 7), "");
        assert_eq!(lost(20, 9), "Second");
        assert_eq!(lost(10, 2), "First Second");
        assert_eq!(lost(1, 1), "");
    }

    #[pg_test]
    fn stages_are_entered_and_left_as_they_count() {
        standing_world();
        become_person("ada@one.test");
        let enter = r#"{"kind": "stage_enter", "stage": "Adoption"}"#;
        let exit = r#"{"kind": "stage_exit", "stage": "Onboarding"}"#;
        let any = (r#"{"kind": "stage_enter"}"#, r#"{"kind": "stage_exit"}"#);
        assert_eq!((who(enter), who(exit)), (String::new(), String::new()));
        assert_eq!(
            (who(any.0), who(any.1)),
            ("First Second Third".into(), String::new())
        );
        move_to("Adoption");
        run("update cs.journey_stages set name = 'Onboarded' where name = 'Onboarding'");
        assert_eq!(who(enter), "First");
        let left = r#"{"kind": "stage_exit", "stage": "Onboarded"}"#;
        assert!(told(left)[0].ends_with(r#"{"from_stage":"Onboarded","to_stage":"Adoption"}"#));
        assert_eq!(who(any.1), "First");
        run(
            "select cs.undo_stage_move(id) from cs.journey_history where exited_at is null and from_stage is not null",
        );
        assert_eq!((who(enter), who(left)), (String::new(), String::new()));
    }

    #[pg_test]
    fn stuck_is_beyond_one_and_a_half_times_the_target() {
        standing_world();
        let since = |account: &str, at: &str| {
            run(&format!(
                "update cs.journey_history set entered_at = now() - {at}
                 where exited_at is null and account_id = (select id from cs.accounts where name = '{account}')"
            ));
        };
        since("First", "interval '45 days'");
        since("Second", "interval '45 days' - interval '1 microsecond'");
        since("Third", "interval '10 days'");
        let stuck = r#"{"kind": "stage_stuck", "stage": "Onboarding"}"#;
        assert_eq!(who(stuck), "Second");
        assert_eq!(who(r#"{"kind": "stage_stuck"}"#), "Second");
        assert_eq!(who(r#"{"kind": "stage_stuck", "stage": "Adoption"}"#), "");
        run("update cs.journey_stages set target_duration_days = null where name = 'Onboarding'");
        assert_eq!(who(stuck), "");
    }

    #[pg_test]
    fn a_stay_keeps_its_subject_over_an_undo() {
        standing_world();
        become_person("ada@one.test");
        milestone("Onboarding", "Kick-off");
        run("update cs.stage_milestones set due_after_days = 10");
        let events = [
            r#"{"kind": "stage_stuck"}"#,
            r#"{"kind": "milestone_overdue", "milestone": "Kick-off"}"#,
        ];
        let before = events.map(told);
        assert!(before.iter().all(|it| it.len() == 3), "{before:?}");
        for _ in 0..2 {
            move_to("At Risk");
            assert!(events.map(told).iter().all(|it| it.len() == 2));
            run(
                "select cs.undo_stage_move(id) from cs.journey_history where exited_at is null and to_stage = 'At Risk'",
            );
            assert_eq!(events.map(told), before);
        }
    }

    #[pg_test]
    fn a_milestone_is_overdue_once_its_time_has_passed() {
        standing_world();
        milestone("Onboarding", "Kick-off");
        milestone("Onboarding", "Training");
        run("update cs.stage_milestones set due_after_days = 10 where title = 'Kick-off'");
        let any = r#"{"kind": "milestone_overdue"}"#;
        run("update cs.journey_history set entered_at = now() - interval '240 hours'");
        assert_eq!(who(any), "");
        run(&format!(
            "update cs.journey_history set entered_at = entered_at - interval '1 microsecond' where account_id = {FIRST}"
        ));
        assert_eq!(who(any), "First");
        assert_eq!(
            who(r#"{"kind": "milestone_overdue", "milestone": "Kick-off"}"#),
            "First"
        );
        assert_eq!(
            who(r#"{"kind": "milestone_overdue", "milestone": "Training"}"#),
            ""
        );
        become_person("ada@one.test");
        run(&format!(
            "select cs.complete_milestone({FIRST}, id) from cs.stage_milestones where title = 'Kick-off'"
        ));
        assert_eq!(who(any), "");
    }

    #[pg_test]
    fn a_contract_ends_within_days_of_the_tenants_own() {
        standing_world();
        let ends = |account: &str, days: i32| {
            run(&format!(
                "update cs.accounts set crm_attributes = jsonb_build_object(
                    'contract_end_date', (now() at time zone 'UTC')::date + {days}) where name = '{account}'"
            ));
        };
        ends("First", 0);
        ends("Second", 60);
        ends("Third", -1);
        let ending = |days: i32| who(&format!(r#"{{"kind": "contract_ending", "days": {days}}}"#));
        assert_eq!(
            (ending(60), ending(59)),
            ("First Second".into(), "First".into())
        );
        // Where today is another day for the tenant.
        for (zone, hours) in [("Etc/GMT-14", 14), ("Etc/GMT+12", -12)] {
            run(&format!(
                "update cs.tenants set settings = '{{\"time_zone\": \"{zone}\"}}'"
            ));
            let shift = format!(
                "select ((now() + interval '{hours} hours') at time zone 'UTC')::date - (now() at time zone 'UTC')::date"
            );
            let shift = Spi::get_one::<i32>(&shift).unwrap().unwrap();
            let expected = match shift {
                1 => ("Second", "Second"),
                0 => ("First Second", "First"),
                _ => ("First Third", "First Third"),
            };
            assert_eq!(
                (ending(60).as_str(), ending(59).as_str()),
                expected,
                "{zone}"
            );
        }
        let all = told(r#"{"kind": "contract_ending", "days": 365}"#);
        let date = lines("select ((now() at time zone 'UTC')::date + 60)::text").concat();
        assert!(
            all.iter().any(|it| it.contains(&format!("[{date}]"))),
            "{all:?}"
        );
    }

    #[pg_test]
    fn everybody_is_there_for_what_comes_to_everybody() {
        standing_world();
        run(
            "update cs.accounts set status = 'Paused', crm_attributes = '{\"arr\": 20}' where name = 'First'",
        );
        for (event, expected) in [
            (r#"{"kind": "manual"}"#, "First Second Third"),
            (
                r#"{"kind": "schedule", "cron": "0 9 * * MON"}"#,
                "First Second Third",
            ),
            (
                r#"{"kind": "attribute_change", "field": "arr"}"#,
                "First Second Third",
            ),
            (
                r#"{"kind": "attribute_change", "field": "arr", "to": 20.0}"#,
                "First",
            ),
            (
                r#"{"kind": "attribute_change", "field": "status", "to": "Active"}"#,
                "Second Third",
            ),
            (
                r#"{"kind": "attribute_change", "field": "csm", "to": "ada@one.test"}"#,
                "",
            ),
        ] {
            assert_eq!(who(event), expected, "{event}");
        }
        assert_eq!(
            told(r#"{"kind": "attribute_change", "field": "status", "to": "Paused"}"#),
            [r#"First [] {"field":"status","to":"Paused"}"#]
        );
    }
}
