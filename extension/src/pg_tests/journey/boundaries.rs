//! The days on which something begins: exact elapsed time, and the tenant's own calendar.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::FIRST;
    use crate::pg_tests::{WORLD, lines, number, run, text};
    use pgrx::prelude::*;

    const ZONES: [&str; 5] = [
        "UTC",
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
    ];

    /// The account has been in its stage for this many seconds, to the microsecond.
    fn in_stage_for(seconds: i64) {
        run(&format!(
            "update cs.journey_history set entered_at = now() - make_interval(secs => {seconds}::double precision)
             where account_id = {FIRST} and exited_at is null"
        ));
    }

    fn state() -> String {
        text(&format!(
            "select concat_ws(' ', it.stage_state, it.days_in_stage, stay.stage_state, coalesce(stay.over_seconds::bigint, -1))
             from cs.account_overview as it join cs.current_stays as stay on stay.account_id = it.id where it.id = {FIRST}"
        ))
        .unwrap()
    }

    #[pg_test]
    fn behind_and_stuck_begin_a_second_after_the_bound_in_every_zone() {
        run(WORLD);
        // In 250 days a clock with summer time is put forward or back.
        run("update cs.journey_stages set target_duration_days = 250 where name = 'Onboarding'");
        const TARGET: i64 = 250 * 86_400;
        for zone in ZONES {
            run(&format!("set local time zone '{zone}'"));
            for (seconds, expected) in [
                (TARGET - 1, "on_track 249 on_track -1"),
                (TARGET, "on_track 250 on_track -1"),
                (TARGET + 1, "behind 250 behind 1"),
                (TARGET * 3 / 2, "behind 375 behind 10800000"),
                (TARGET * 3 / 2 + 1, "stuck 375 stuck 10800001"),
            ] {
                in_stage_for(seconds);
                assert_eq!(state(), expected, "{seconds} s in {zone}");
            }
        }
        run("update cs.journey_stages set target_duration_days = null where name = 'Onboarding'");
        assert_eq!(state(), "375 -1");
        assert_eq!(text("select cs.stage_state(null, 250)"), None);
    }

    #[pg_test]
    fn a_day_in_a_stage_is_24_hours_and_counts_when_it_is_over() {
        run(WORLD);
        for (seconds, days) in [(0, 0), (86_399, 0), (86_400, 1), (172_799, 1)] {
            in_stage_for(seconds);
            assert_eq!(
                number(&format!(
                    "select days_in_stage::bigint from cs.account_overview where id = {FIRST}"
                )),
                days
            );
        }
    }

    #[pg_test]
    fn the_duration_of_a_stay_is_the_same_in_every_zone() {
        run(WORLD);
        let stages = ["Adoption", "Renewal", "Adoption", "Renewal", "Adoption"];
        for (zone, stage) in ZONES.into_iter().zip(stages) {
            run(&format!("set local time zone '{zone}'"));
            run(&format!(
                "update cs.journey_history set entered_at = clock_timestamp() - make_interval(secs => 250 * 86400)
                 where account_id = {FIRST} and exited_at is null;
                 update cs.accounts set current_stage = '{stage}' where name = 'First'"
            ));
        }
        assert_eq!(
            lines(&format!(
                "select distinct duration_days::text from cs.journey_history where account_id = {FIRST} and exited_at is not null"
            )),
            ["250"]
        );
    }

    #[pg_test]
    fn a_stay_over_the_change_of_clocks_is_as_long_as_it_was() {
        run(WORLD);
        run("set local time zone 'America/New_York'");
        run("update cs.journey_stages set target_duration_days = 2 where name = 'Onboarding'");
        // From noon to noon two days later: 47 hours in March, 49 in November, against a target of 48.
        run(&format!(
            "insert into cs.journey_history (tenant_id, account_id, to_stage, entered_at, exited_at, duration_days)
             select account.tenant_id, account.id, 'Onboarding', stay_of.since::timestamptz, stay_of.until::timestamptz, 0
             from cs.accounts as account, (values
                ('2026-03-07 12:00', '2026-03-09 12:00'), ('2025-11-01 12:00', '2025-11-03 12:00')) as stay_of (since, until)
             where account.id = {FIRST}"
        ));
        let velocity = |since: &str, until: &str| {
            lines(&format!(
                "select concat_ws(' ', completed, over_target)
                 from cs.velocity_between('{since}', '{until}',
                    jsonb_build_object('field', 'name', 'op', 'eq', 'value', 'First')) where stage = 'Onboarding' and completed > 0"
            ))
        };
        assert_eq!(velocity("2026-03-01", "2026-04-01"), ["1 0.000"]);
        assert_eq!(velocity("2025-11-01", "2025-12-01"), ["1 1.000"]);
    }

    #[pg_test]
    fn days_to_renewal_are_days_of_the_tenants_calendar() {
        run(WORLD);
        run(
            "update cs.accounts set crm_attributes = jsonb_build_object('contract_end_date', (now() at time zone 'UTC')::date)
             where name = 'First'",
        );
        let days = |zone: &str| {
            run(&format!(
                "update cs.tenants set settings = jsonb_build_object('time_zone', '{zone}') where slug = 'one'"
            ));
            number(&format!(
                "select days_to_renewal::bigint from cs.account_overview where id = {FIRST}"
            ))
        };
        // 14 hours ahead of UTC and 11 behind, computed independently.
        let hour = number("select extract(hour from now() at time zone 'UTC')::bigint");
        for session in ["UTC", "Pacific/Pago_Pago"] {
            run(&format!("set local time zone '{session}'"));
            assert_eq!(days("Pacific/Kiritimati"), -i64::from(hour >= 10));
            assert_eq!(days("Pacific/Pago_Pago"), i64::from(hour < 11));
            assert_eq!(days("UTC"), 0);
        }
    }

    #[pg_test]
    fn a_week_begins_on_the_tenants_monday() {
        run(WORLD);
        // A Sunday in UTC: in Kiritimati it is Monday by then.
        run(
            "update cs.journey_history set entered_at = '2026-03-01 11:00+00' where exited_at is null",
        );
        let week = |zone: &str| {
            run(&format!(
                "update cs.tenants set settings = jsonb_build_object('time_zone', '{zone}') where slug = 'one'"
            ));
            lines(
                "select week || ' ' || entries from cs.portfolio_growth as it join cs.tenants as tenant on tenant.id = it.tenant_id
                 where tenant.slug = 'one'",
            )
        };
        for session in ["UTC", "America/New_York"] {
            run(&format!("set local time zone '{session}'"));
            assert_eq!(week("UTC"), ["2026-02-23 2"]);
            assert_eq!(week("Pacific/Kiritimati"), ["2026-03-02 2"]);
            assert_eq!(week("Pacific/Pago_Pago"), ["2026-02-23 2"]);
        }
    }
}
