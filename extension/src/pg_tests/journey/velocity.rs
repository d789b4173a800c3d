//! How fast accounts pass through stages, and how many enter them week by week.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::{FIRST, move_to};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn velocity_separates_open_stays_and_counts_accounts_that_went_on() {
        run(WORLD);
        move_to("Adoption");
        move_to("At Risk");
        move_to("Adoption");
        // First: 40 days Onboarding, 10 Adoption, 2 At Risk, and 4 in Adoption by now.
        run(&format!(
            "update cs.journey_history as stay
             set entered_at = now() - planned.began * interval '24 hours',
                 exited_at = case when planned.ended > 0 then now() - planned.ended * interval '24 hours' end,
                 duration_days = case when planned.ended > 0 then planned.began - planned.ended end
             from (values (1, 56, 16), (2, 16, 6), (3, 6, 4), (4, 4, 0)) as planned (place, began, ended)
             join (select id, row_number() over (order by entered_at, id) as place from cs.journey_history
                   where account_id = {FIRST}) as walked using (place)
             where stay.id = walked.id"
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', stage, entered, completed, mean_days, median_days, p90_days, open_now,
                    open_mean_days, coalesce(over_target::text, '-'), coalesce(conversion::text, '-'))
                 from cs.stage_velocity as it join cs.tenants as tenant on tenant.id = it.tenant_id
                 where tenant.slug = 'one' and stage in ('Onboarding', 'Adoption', 'At Risk') order by display_order"
            ),
            [
                "Onboarding 2 1 40.0 40.0 40.0 1 0.0 1.000 1.000",
                "Adoption 2 1 10.0 10.0 10.0 1 4.0 0.000 0.000",
                "At Risk 1 1 2.0 2.0 2.0 0 - -"
            ]
        );
        assert_eq!(
            number(
                "select sum(entries) from cs.portfolio_growth where from_stage is null and extract(isodow from week) = 1"
            ),
            3
        );
    }
    #[pg_test]
    fn a_period_counts_what_began_and_ended_in_it() {
        run(WORLD);
        move_to("Adoption");
        // First: Onboarding for 10 days of January, then Adoption. Second has been in Onboarding since March.
        run(&format!(
            "update cs.journey_history set entered_at = '2026-01-05Z', exited_at = '2026-01-15Z', duration_days = 10
             where account_id = {FIRST} and exited_at is not null;
             update cs.journey_history set entered_at = '2026-01-15Z' where account_id = {FIRST} and exited_at is null;
             update cs.journey_history set entered_at = '2026-03-01Z' where account_id <> {FIRST};"
        ));
        let onboarding = |since: &str, until: &str, criteria: &str| {
            text(&format!(
                "select concat_ws(' ', entered, completed, coalesce(median_days::text, '-'), open_now, coalesce(open_mean_days::text, '-'), coalesce(conversion::text, '-'))
                 from cs.velocity_between('{since}', '{until}', {criteria}) as it
                 join cs.tenants as tenant on tenant.id = it.tenant_id where tenant.slug = 'one' and stage = 'Onboarding'"
            ))
            .unwrap()
        };
        for (since, until, expected) in [
            ("2025-12-01Z", "2026-01-05Z", "0 0 - 0 - -"),
            ("2026-01-05Z", "2026-01-06Z", "1 0 - 1 1.0 -"),
            ("2026-01-06Z", "2026-01-15Z", "0 0 - 1 10.0 -"),
            ("2026-01-15Z", "2026-01-16Z", "0 1 10.0 0 - 1.000"),
            ("2026-01-01Z", "2026-03-11Z", "2 1 10.0 1 10.0 1.000"),
        ] {
            assert_eq!(
                onboarding(since, until, "null"),
                expected,
                "{since} {until}"
            );
        }
        let first = "'{\"field\": \"name\", \"op\": \"eq\", \"value\": \"First\"}'";
        assert_eq!(
            onboarding("2026-01-01Z", "2026-03-11Z", first),
            "1 1 10.0 0 - 1.000"
        );
    }

    #[pg_test]
    fn an_invalid_period_is_refused() {
        run(WORLD);
        for (since, until) in [
            ("now()", "now()"),
            ("now()", "'2026-01-01'"),
            ("null", "now()"),
            ("now()", "null"),
        ] {
            let complaint = fails_with(&format!(
                "select count(*) from cs.velocity_between({since}, {until})"
            ));
            assert!(complaint.starts_with("22023 since "), "{complaint}");
        }
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(
            lines(
                "select stage::text from cs.velocity_between('-infinity', 'infinity') except select stage from cs.stage_velocity"
            ),
            Vec::<String>::new()
        );
        assert_eq!(number("select count(*) from cs.stage_velocity"), 7);
    }

    #[pg_test]
    fn stays_are_told_with_names_past_and_present() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        move_to("Adoption");
        move_to("At Risk");
        run(
            "reset role;
             update cs.journey_history set entered_at = at.entered, exited_at = at.ended
             from (values ('Onboarding', now() - interval '9 days', now() - interval '5 days'),
                ('Adoption', now() - interval '5 days', now() - interval '36 hours'),
                ('At Risk', now() - interval '36 hours', null)) as at (stage, entered, ended)
             where to_stage = at.stage and account_id = (select id from cs.accounts where name = 'First')",
        );
        run("set local role cs_member");
        assert_eq!(
            lines(
                "select concat_ws(' ', account_name, stage, coalesce(from_stage, '-'), coalesce(next_stage, '-'), days, exited_at is null)
                 from cs.stage_stays where account_name = 'First' order by entered_at"
            ),
            [
                "First Onboarding - Adoption 4.00 f",
                "First Adoption Onboarding At Risk 3.50 f",
                "First At Risk Adoption - 1.50 t",
            ]
        );
        // What was taken back is no stay, and nobody sees those of another tenant.
        assert_eq!(
            number(
                "select count(*) from cs.stage_stays where account_id not in (select id from cs.accounts)"
            ),
            0
        );
    }
}
