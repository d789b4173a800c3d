//! Who uses less than before, nothing at all, or raises more tickets than usual.

use crate::pg_tests::run;

/// Usage rows of an account at these moments, as SQL intervals before now.
pub fn usage(account: &str, kind: &str, quantity: &str, ago: &str) {
    run(&format!(
        "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
         select tenant_id, id, '{kind}', {quantity}, now() - it.ago
         from cs.accounts, ({ago}) as it (ago) where name = '{account}'"
    ));
}

/// Quiet days, from and to so many days ago.
fn quiet(from: i32, to: i32) {
    run(&format!(
        "set local session_replication_role = replica;
         update cs.health_models set quiet_periods = jsonb_build_array(jsonb_build_object(
            'from', (now() at time zone 'UTC')::date - {from}, 'to', (now() at time zone 'UTC')::date - {to}));
         set local session_replication_role = origin"
    ));
}

#[pgrx::pg_schema]
mod tests {
    use super::*;
    use crate::pg_tests::playbooks::standing::{standing_world, told, who};
    use crate::pg_tests::{become_person, text};
    use pgrx::prelude::*;

    const DECLINE: &str =
        r#"{"kind": "usage_decline", "metric": "logins", "percent": 30, "days": 10}"#;

    #[pg_test]
    fn usage_declines_against_the_days_before() {
        standing_world();
        for account in ["First", "Second", "Third"] {
            usage(account, "api_calls", "1", "values (interval '21 days')");
            usage(account, "logins", "100", "values (interval '15 days')");
        }
        usage("First", "logins", "70", "values (interval '5 days')");
        usage("Second", "logins", "70.5", "values (interval '5 days')");
        assert_eq!(who(DECLINE), "First Third");
        assert_eq!(
            told(DECLINE)[1],
            r#"Third [] {"before":100,"days":10,"metric":"logins","percent":30,"recent":0}"#
        );
        assert_eq!(
            who(r#"{"kind": "usage_decline", "metric": "logins", "percent": 100, "days": 10}"#),
            "Third"
        );
        assert_eq!(
            who(
                r#"{"kind": "usage_decline", "metric": "feature_usage", "percent": 1, "days": 10}"#
            ),
            ""
        );
        // The bounds belong to the earlier days.
        usage("Third", "logins", "200", "values (interval '10 days')");
        usage("First", "logins", "1000", "values (interval '20 days')");
        assert_eq!(
            told(DECLINE).iter().map(|it| &it[..34]).collect::<Vec<_>>(),
            [
                r#"First [] {"before":100,"days":10,""#,
                r#"Third [] {"before":300,"days":10,""#
            ]
        );
    }

    #[pg_test]
    fn an_account_younger_than_the_days_does_not_decline() {
        standing_world();
        usage(
            "First",
            "logins",
            "100",
            "values (interval '19 days 23 hours')",
        );
        assert_eq!(who(DECLINE), "");
        usage("First", "api_calls", "0", "values (interval '20 days')");
        assert_eq!(who(DECLINE), "First");
        // Nothing before is nothing to decline from.
        run("update cs.usage_metrics set metric_value = 0");
        assert_eq!(who(DECLINE), "");
    }

    #[pg_test]
    fn quiet_days_are_no_days_of_usage() {
        standing_world();
        usage("First", "logins", "1", "values (interval '60 days')");
        usage("First", "logins", "100", "values (interval '15 days')");
        assert_eq!(who(DECLINE), "First");
        quiet(11, 3);
        // Nine days are left out, so the last ten that count began nineteen days ago.
        assert_eq!(who(DECLINE), "");
        let absent = |days: i32| {
            who(&format!(
                r#"{{"kind": "metric_absent", "metric": "logins", "days": {days}}}"#
            ))
        };
        assert_eq!((absent(6), absent(7)), ("First".into(), String::new()));
    }

    #[pg_test]
    fn what_was_recorded_before_is_missed() {
        standing_world();
        let absent = r#"{"kind": "metric_absent", "metric": "logins", "days": 14}"#;
        usage(
            "First",
            "logins",
            "1",
            "values (interval '14 days'), (interval '30 days')",
        );
        usage(
            "Second",
            "logins",
            "1",
            "values (interval '14 days' - interval '1 second')",
        );
        usage("Third", "api_calls", "1", "values (interval '14 days')");
        // A quantity of nothing is no use.
        usage("First", "logins", "0", "values (interval '1 day')");
        assert_eq!(who(absent), "First");
        run("update cs.tenants set settings = '{\"time_zone\": \"Pacific/Kiritimati\"}'");
        let day = "select ((now() at time zone 'Pacific/Kiritimati')::date - 14)::text";
        let day = text(day).unwrap();
        assert_eq!(
            told(absent),
            [format!(
                r#"First [{day}] {{"days":14,"last_recorded":"{day}","metric":"logins"}}"#
            )]
        );
        usage("First", "logins", "1", "values (interval '0')");
        assert_eq!(who(absent), "");
    }

    #[pg_test]
    fn a_feed_that_is_out_makes_silence_stale_until_it_is_accepted() {
        standing_world();
        for account in ["First", "Second", "Third"] {
            usage(
                account,
                "logins",
                "1",
                "select day * interval '1 day' from generate_series(20, 80) as day",
            );
        }
        become_person("ada@one.test");
        let absent = r#"{"kind": "metric_absent", "metric": "logins", "days": 14}"#;
        let decline = r#"{"kind": "usage_decline", "metric": "logins", "percent": 30, "days": 30}"#;
        let stale = |event: &str| {
            told(event)
                .iter()
                .filter(|it| it.ends_with("stale"))
                .count()
        };
        assert_eq!((stale(absent), stale(decline)), (3, 3));
        run("select cs.accept_silence('logins', 'they are gone')");
        assert_eq!((stale(absent), stale(decline)), (0, 0));
        assert_eq!(who(absent), "First Second Third");
    }

    const SPIKE: &str = r#"{"kind": "ticket_spike"}"#;

    #[pg_test]
    fn a_spike_is_three_tickets_and_twice_as_many_as_usual() {
        standing_world();
        for account in ["First", "Second", "Third"] {
            usage(account, "logins", "1", "values (interval '90 days')");
        }
        usage(
            "First",
            "support_tickets",
            "1",
            "values (interval '1 day'), (interval '2 days'), (interval '6 days')",
        );
        usage(
            "Second",
            "support_tickets",
            "1",
            "values (interval '1 day'), (interval '2 days'), (interval '7 days')",
        );
        // Two a week are usual with the third account.
        usage(
            "Third",
            "support_tickets",
            "2",
            "select week * interval '7 days' + interval '3 days' from generate_series(1, 12) as week",
        );
        usage(
            "Third",
            "support_tickets",
            "1",
            "select day * interval '1 day' from generate_series(1, 3) as day",
        );
        assert_eq!(told(SPIKE), [r#"First [] {"tickets":3,"usual":1}"#]);
        usage(
            "Third",
            "support_tickets",
            "1",
            "values (interval '4 days')",
        );
        assert_eq!(who(SPIKE), "First Third");
    }

    #[pg_test]
    fn a_ticket_counts_once_when_it_comes_up() {
        standing_world();
        usage("First", "logins", "1", "values (interval '90 days')");
        let ticket = |id: &str, ago: &str| {
            run(&format!(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
                 select tenant_id, id, 'support_tickets', 1, '{{\"ticket_id\": \"{id}\"}}', now() - interval '{ago}'
                 from cs.accounts where name = 'First'"
            ));
        };
        for id in ["a", "b"] {
            for ago in ["3 days", "2 days", "1 day"] {
                ticket(id, ago);
            }
        }
        for id in ["old 1", "old 2", "old 3"] {
            ticket(id, "60 days");
            ticket(id, "1 day");
        }
        assert_eq!(who(SPIKE), "");
        ticket("c", "1 hour");
        assert_eq!(who(SPIKE), "First");
    }

    #[pg_test]
    fn what_is_usual_needs_four_weeks_and_leaves_quiet_days_out() {
        standing_world();
        usage("First", "support_tickets", "3", "values (interval '1 day')");
        usage(
            "First",
            "logins",
            "1",
            "values (interval '34 days 23 hours')",
        );
        assert_eq!(who(SPIKE), "");
        usage("First", "logins", "1", "values (interval '35 days')");
        assert_eq!(who(SPIKE), "First");
        quiet(20, 20);
        assert_eq!(who(SPIKE), "");
        // The last seven days that count are fourteen.
        quiet(10, 4);
        usage("First", "logins", "1", "values (interval '60 days')");
        run(
            "update cs.usage_metrics set recorded_at = now() - interval '13 days' where metric_type = 'support_tickets'",
        );
        assert_eq!(who(SPIKE), "First");
    }
}
