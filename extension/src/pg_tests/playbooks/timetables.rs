//! Timetables: each moment once, whatever becomes of the worker, and whatever clocks do.

#[pgrx::pg_schema]
mod tests {
    use crate::health::{PgZone, Zone};
    use crate::pg_tests::playbooks::clock::{pass, pass_in_steps, playbook, world};
    use crate::pg_tests::{number, run, text};
    use crate::playbooks::clock::timetable::{next_moment, utc_text};
    use crate::playbooks::clock::{PassStep, find_due_passes, run_pass_step};
    use crate::playbooks::definition::Cron;
    use pgrx::prelude::*;

    /// Of the executions of a playbook with a timetable: how many, of how many moments and accounts.
    fn kept(name: &str) -> String {
        text(&format!(
            "select concat_ws(' ', count(*), count(distinct execution.event ->> 'scheduled_for'), count(distinct account_id))
             from cs.playbook_executions as execution
             join cs.playbooks as playbook on playbook.id = execution.playbook_id and playbook.name = '{name}'
             where result = 'fired'"
        ))
        .unwrap()
    }

    fn wait_since(at: &str) {
        run(&format!(
            "update cs.playbook_passes set next_at = {at} where next_at is not null"
        ));
    }

    #[pg_test]
    fn every_moment_of_a_timetable_is_kept_once_for_everybody_who_meets_the_conditions() {
        world();
        playbook(
            "Often",
            r#"{"event": {"kind": "schedule", "cron": "* * * * *"}, "when": {"field": "name", "op": "ne", "value": "Third"}}"#,
        );
        assert_eq!(find_due_passes().unwrap().due.len(), 0);
        assert_eq!(
            number(
                "select count(*) from cs.playbook_passes where next_at > now() and next_at <= now() + interval '1 minute'"
            ),
            1
        );
        pass();
        assert_eq!(kept("Often"), "0 0 0");
        wait_since("date_trunc('minute', now()) - interval '2 minutes'");
        pass_in_steps(1);
        assert_eq!(kept("Often"), "6 3 2");
        pass();
        assert_eq!(kept("Often"), "6 3 2");
        assert_eq!(
            number(
                "select count(*) from cs.playbook_passes where next_at > now() and moment is null"
            ),
            1
        );
    }

    #[pg_test]
    fn a_moment_that_was_begun_goes_on_where_it_was() {
        world();
        playbook(
            "Daily",
            r#"{"event": {"kind": "schedule", "cron": "0 0 * * *"}}"#,
        );
        wait_since("now() - interval '3 hours'");
        let due = find_due_passes().unwrap().due;
        let step = || run_pass_step(due[0].tenant, due[0].playbook, None, 1).unwrap();
        assert_eq!(step(), PassStep::More(None));
        assert_eq!(kept("Daily"), "1 1 1");
        // As a worker does that has been started again.
        pass();
        assert_eq!(kept("Daily"), "3 1 3");
    }

    #[pg_test]
    fn what_was_missed_is_made_up_for_once_within_a_day() {
        world();
        playbook(
            "Hourly",
            r#"{"event": {"kind": "schedule", "cron": "0 * * * *"}}"#,
        );
        wait_since("date_trunc('hour', now()) - interval '7 hours'");
        pass();
        assert_eq!(kept("Hourly"), "3 1 3");
        wait_since("date_trunc('hour', now()) - interval '70 days'");
        run("delete from cs.playbook_executions");
        pass();
        assert_eq!(kept("Hourly"), "3 1 3");
    }

    #[pg_test]
    fn what_is_lost_for_a_day_is_not_made_up_for() {
        world();
        playbook(
            "Yearly",
            r#"{"event": {"kind": "schedule", "cron": "0 0 1 1 *"}}"#,
        );
        wait_since("now() - interval '25 hours'");
        pass();
        assert_eq!(kept("Yearly"), "0 0 0");
        assert_eq!(
            number("select count(*) from cs.playbook_passes where next_at > now()"),
            1
        );
    }

    #[pg_test]
    fn a_timetable_follows_the_tenants_time_zone() {
        world();
        playbook(
            "Daily",
            r#"{"event": {"kind": "schedule", "cron": "30 8 * * *"}}"#,
        );
        let next = |zone: &str| {
            run(&format!(
                "update cs.tenants set settings = '{{\"time_zone\": \"{zone}\"}}'"
            ));
            pass();
            text(&format!(
                "select to_char(next_at at time zone '{zone}', 'HH24:MI') from cs.playbook_passes"
            ))
            .unwrap()
        };
        for zone in ["Asia/Kolkata", "America/Havana", "Pacific/Apia"] {
            assert_eq!(next(zone), "08:30", "{zone}");
        }
        assert_eq!(kept("Daily"), "0 0 0");
    }

    #[pg_test]
    fn days_whose_midnight_does_not_exist_or_comes_twice_have_one_all_the_same() {
        let moments = |cron: &str, zone: &str, since: &str| {
            let zone = PgZone::new(zone.to_owned());
            let since = Spi::get_one::<pgrx::datum::TimestampWithTimeZone>(&format!(
                "select '{since}'::timestamptz"
            ));
            let mut at = since.unwrap().unwrap().into_inner();
            let cron = Cron::parse(cron).unwrap();
            let mut found = Vec::new();
            for _ in 0..3 {
                at = next_moment(&cron, &zone, at).unwrap();
                found.push(utc_text(at).unwrap()[5..16].to_owned());
            }
            found.join(" ")
        };
        for (cron, zone, since, expected) in [
            // 00:00 is 01:00.
            (
                "0 0 * * *",
                "America/Santiago",
                "2026-09-05 12:00Z",
                "09-06T04:00 09-07T03:00 09-08T03:00",
            ),
            (
                "30 0 * * *",
                "America/Santiago",
                "2026-09-05 12:00Z",
                "09-06T04:30 09-07T03:30 09-08T03:30",
            ),
            // 01:00 is 00:00 again.
            (
                "0 0 * * *",
                "America/Havana",
                "2026-10-31 12:00Z",
                "11-01T04:00 11-02T05:00 11-03T05:00",
            ),
            (
                "30 0 * * *",
                "America/Havana",
                "2026-10-31 12:00Z",
                "11-01T04:30 11-02T05:30 11-03T05:30",
            ),
            // Half an hour, and a day that was left out.
            (
                "45 1 * * *",
                "Australia/Lord_Howe",
                "2026-04-04 12:00Z",
                "04-04T14:45 04-05T15:15 04-06T15:15",
            ),
            (
                "0 9 * * *",
                "Pacific/Apia",
                "2011-12-29 12:00Z",
                "12-29T19:00 12-30T19:00 12-31T19:00",
            ),
            (
                "0 2 * * *",
                "Europe/Berlin",
                "2026-03-28 12:00Z",
                "03-29T01:00 03-30T00:00 03-31T00:00",
            ),
            (
                "0 2 * * *",
                "Europe/Berlin",
                "2026-10-24 12:00Z",
                "10-25T00:00 10-26T01:00 10-27T01:00",
            ),
        ] {
            assert_eq!(moments(cron, zone, since), expected, "{cron} {zone}");
        }
        let berlin = PgZone::new("Europe/Berlin".to_owned());
        assert_eq!(berlin.day_start(0), berlin.first_instant(0));
    }
}
