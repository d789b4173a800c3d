//! What a score knows beside its parts: caps of a new tenant, fields of criteria, seats, people, and types that are no longer
//! used.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::{daily, health_world, refresh};
    use crate::pg_tests::{become_person, lines, run, text};
    use pgrx::prelude::*;

    fn of_first(query: &str) -> String {
        text(&format!(
            "select concat_ws(' ', {query}) from (select id from pg_temp.ids where name = 'First') as it"
        ))
        .unwrap()
    }

    const SHOWN: &str = "(select concat_ws('|', overall_score, raw_score, cap_reason) from cs.compute_health(it.id))";

    fn ticket(days: f64) {
        run(&format!(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
             select tenant_id, id, 'support_tickets', 1, '{{\"ticket_id\": \"T\", \"severity\": \"urgent\", \"status\": \"open\"}}',
                 now() - {days} * interval '1 day'
             from pg_temp.ids where name = 'First'"
        ));
    }

    #[pg_test]
    fn an_urgent_ticket_of_a_week_caps_the_score() {
        health_world();
        ticket(6.9);
        assert_eq!(of_first(SHOWN).split('|').count(), 2);
        run(
            "update cs.usage_metrics set recorded_at = now() - interval '90 days' where metric_type = 'support_tickets'",
        );
        assert!(of_first(SHOWN).starts_with("79|9"), "{}", of_first(SHOWN));
        assert!(of_first(SHOWN).ends_with("|An urgent ticket has been open for 90 days"));
        // The row is named with its own time, and the cap is what would raise the score most.
        assert_eq!(
            of_first(
                "(select concat_ws(' ', raw_value, row_count, window_from < now() - interval '90 days', window_to = now())
                  from cs.explain_health(it.id) where part = 'open_urgent')"
            ),
            "1 1 t t"
        );
        assert_eq!(
            of_first(
                "(select concat_ws('.', component, part) from cs.explain_health(it.id) where largest_gain)"
            ),
            "overall.cap"
        );
        // A switch for each.
        become_person("ada@one.test");
        run("select cs.publish_health_model(jsonb_build_object('caps', jsonb_set(caps, '{0,is_active}', 'false')))
             from cs.health_models join cs.tenants as tenant on tenant.id = tenant_id where slug = 'one'");
        assert_eq!(of_first(SHOWN).split('|').count(), 2);
    }

    #[pg_test]
    fn few_seats_in_use_cap_the_score_unless_programs_use_it() {
        health_world();
        let seats = |attributes: &str| {
            run(&format!(
                "update cs.accounts set crm_attributes = '{attributes}' where name = 'First'"
            ));
            of_first(SHOWN)
        };
        assert!(seats(r#"{"seats": 15}"#).split('|').count() == 2);
        assert!(seats(r#"{"seats": "16"}"#).ends_with("|18 % of 16 seats are used"));
        assert!(
            seats(r#"{"seats": 16, "api_only": true}"#)
                .split('|')
                .count()
                == 2
        );
        assert!(seats(r#"{"seats": 16, "api_only": "true"}"#).ends_with("seats are used"));
        assert!(seats(r#"{"seats": 9}"#).split('|').count() == 2);
    }

    #[pg_test]
    fn criteria_ask_what_the_current_score_has_seen() {
        health_world();
        ticket(3.5);
        refresh("First");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 60 from pg_temp.ids where name = 'Second'",
        );
        let found = |field: &str, op: &str, value: &str| {
            lines(&format!(
                "select account.name from cs.matching_accounts('{{\"field\": \"{field}\", \"op\": \"{op}\", \"value\": {value}}}') as it (id)
                 join cs.accounts as account on account.id = it.id order by 1"
            ))
        };
        assert_eq!(
            found("urgent_open_days", "between", "[3.49, 3.51]"),
            ["First"]
        );
        assert_eq!(found("seat_share", "eq", "75"), ["First"]);
        assert_eq!(found("seats", "eq", "4"), ["First"]);
        assert_eq!(found("usage_trend", "eq", "100"), ["First"]);
        assert_eq!(found("usage_of_best", "gte", "0"), Vec::<String>::new());
        run(
            "update cs.usage_metrics set recorded_at = recorded_at - interval '70 days' where recorded_at < now() - interval '110 days'",
        );
        run("delete from cs.health_scores");
        refresh("First");
        assert_eq!(found("usage_of_best", "lte", "100"), ["First"]);
    }

    #[pg_test]
    fn seats_are_the_last_that_were_told_however_long_ago() {
        health_world();
        run("update cs.accounts set crm_attributes = '{}'");
        let breadth = || {
            of_first(
                "(select concat_ws(' ', baseline) from cs.explain_health(it.id) where component = 'engagement' and part = 'breadth')",
            )
        };
        assert_eq!(breadth(), "");
        let tell_by = |kind: &str, days: i32, seats: &str| {
            run(&format!(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
                 select tenant_id, id, '{kind}', 0, jsonb_build_object('seats', {seats}), now() - interval '{days} days'
                 from pg_temp.ids where name = 'First'"
            ));
        };
        let tell = |days: i32, seats: &str| tell_by("api_calls", days, seats);
        // Tickets are read from the first one; that an old one tells seats hides no later row.
        tell_by("support_tickets", 950, "20");
        assert_eq!(breadth(), "20");
        tell(900, "'12'::text");
        assert_eq!(breadth(), "12");
        for nothing in ["0", "'many'::text", "true", "null::text"] {
            tell(800, nothing);
            assert_eq!(breadth(), "12", "{nothing}");
        }
        tell(700, "6");
        assert_eq!(breadth(), "6");
        tell_by("support_tickets", 600, "8");
        assert_eq!(breadth(), "8");
        tell_by("logins", 500, "9");
        assert_eq!(breadth(), "9");
        tell_by("support_tickets", 400, "0");
        assert_eq!(breadth(), "9");
        tell(9, "5");
        assert_eq!(breadth(), "5");
    }

    #[pg_test]
    fn people_and_features_are_who_they_are_however_they_are_written() {
        health_world();
        run("update cs.usage_metrics set metadata = '{}'");
        run("update cs.usage_metrics set metadata = jsonb_build_object('user_id', (array['Ann', ' ann', E'ANN\\u200b', '', ' ', E'\\ufeff'])[1 + extract(day from recorded_at)::int % 6])
             where metric_type = 'logins'");
        run("update cs.usage_metrics set metadata = jsonb_build_object('feature', (array['Export', 'export ', E'EXPORT\\u00ad', ''])[1 + extract(day from recorded_at)::int % 4])
             where metric_type = 'feature_usage'");
        assert_eq!(
            of_first(
                "(select concat_ws(' ', raw_value) from cs.explain_health(it.id) where component = 'engagement' and part = 'breadth')"
            ),
            "0.25"
        );
        assert_eq!(
            of_first(
                "(select concat_ws(' ', raw_value, baseline) from cs.explain_health(it.id) where component = 'adoption' and part = 'breadth')"
            ),
            "1 1"
        );
    }

    #[pg_test]
    fn who_moved_from_pages_to_programs_is_no_lost_customer() {
        health_world();
        run("delete from cs.usage_metrics where metric_type <> 'api_calls'");
        daily("First", "logins", "3", 200, 90);
        daily("First", "feature_usage", "5", 200, 90);
        daily("Second", "support_tickets", "0", 100, 0);
        // 20 calls a day are at the target.
        assert_eq!(
            of_first(
                "(select concat_ws(' ', usage_score, engagement_score, adoption_score, confidence) from cs.compute_health(it.id))"
            ),
            "100 medium"
        );
        let said = of_first(
            "(select null_reason from cs.explain_health(it.id) where component = 'engagement' and part = 'frequency')",
        );
        assert!(said.starts_with("no longer used since "), "{said}");
        refresh("First");
        assert_eq!(
            of_first(
                "(select inputs ->> 'seat_share' from cs.health_scores where account_id = it.id)"
            ),
            "0"
        );
        // A day earlier it was still missed; and so it is for ever where nothing else was at its target.
        let missed = "(select concat_ws(' ', engagement_score, adoption_score) from cs.compute_health(it.id, now() - interval '8 days'))";
        assert_eq!(of_first(missed), "0 0");
        run(
            "update cs.usage_metrics set metric_value = 16 where metric_type = 'api_calls' and recorded_at < now() - interval '5 days'",
        );
        assert_eq!(
            of_first(
                "(select concat_ws(' ', engagement_score, adoption_score) from cs.compute_health(it.id))"
            ),
            "0 0"
        );
        // A row brings the type back, one of nothing does not.
        run("update cs.usage_metrics set metric_value = 20 where metric_type = 'api_calls'");
        daily("First", "logins", "0", 0, 0);
        assert_eq!(
            of_first("(select concat_ws(' ', engagement_score) from cs.compute_health(it.id))"),
            ""
        );
        daily("First", "logins", "1", 0, 0);
        assert_ne!(
            of_first("(select concat_ws(' ', engagement_score) from cs.compute_health(it.id))"),
            ""
        );
    }

    #[pg_test]
    fn an_account_of_which_nothing_is_known_has_no_score_whatever_others_send() {
        health_world();
        ticket(3.0);
        assert_eq!(
            lines(
                "select concat_ws(' ', overall_score, coverage) from pg_temp.ids, cs.compute_health(ids.id) where name = 'Second'"
            ),
            ["0"]
        );
    }
}
