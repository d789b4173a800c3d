//! Days: sums by local day, whoever writes and whatever the time zone; quiet days; what is usual from day to day.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::{
        compute_marked_accounts, daily, health_world, refresh, run_daily_passes,
    };
    use crate::pg_tests::{become_person, lines, number, run, text};
    use pgrx::prelude::*;

    /// Days whose sums differ from those of the rows, as readers see them.
    fn wrong_days() -> Vec<String> {
        lines(
            "select concat_ws(' ', account_id, metric_type, day, counted.total, stored.total)
             from (
                 select metric.account_id, metric.metric_type, cs.local_day(tenant.settings, metric.recorded_at) as day,
                     sum(metric.metric_value) as total
                 from cs.usage_metrics as metric join cs.tenants as tenant on tenant.id = metric.tenant_id
                 group by 1, 2, 3
                 having sum(metric.metric_value) > 0
             ) as counted
             full join (
                 select account_id, metric_type, day, sum(total) as total
                 from (
                     select account_id, metric_type, day, total from cs.usage_daily
                     union all select account_id, metric_type, day, total from cs.usage_daily_changes
                 ) as it
                 group by 1, 2, 3
                 having sum(total) <> 0
             ) as stored using (account_id, metric_type, day)
             where counted.total is distinct from stored.total",
        )
    }

    #[pg_test]
    fn sums_by_day_follow_every_change() {
        health_world();
        assert_eq!(wrong_days(), Vec::<String>::new());
        assert!(number("select count(*) from cs.usage_daily_changes") > 300);
        run(
            "insert into cs.health_dirty (tenant_id, account_id, by_usage) select tenant_id, id, false from pg_temp.ids",
        );
        compute_marked_accounts();
        assert_eq!(number("select count(*) from cs.usage_daily_changes"), 0);
        assert_eq!(wrong_days(), Vec::<String>::new());
        run(
            "update cs.usage_metrics set metric_value = metric_value + 0.5 where metric_type = 'logins'",
        );
        run(
            "update cs.usage_metrics set recorded_at = recorded_at - interval '7 hours' where metric_type = 'api_calls'",
        );
        run("update cs.usage_metrics set account_id = (select id from pg_temp.ids where name = 'Second')
             where metric_type = 'feature_usage' and recorded_at < now() - interval '9 days'");
        run("delete from cs.usage_metrics where recorded_at < now() - interval '100 days'");
        assert_eq!(wrong_days(), Vec::<String>::new());
        compute_marked_accounts();
        assert_eq!(wrong_days(), Vec::<String>::new());
        run("delete from cs.accounts where name = 'Second'");
        compute_marked_accounts();
        assert_eq!(wrong_days(), Vec::<String>::new());
        assert_eq!(number("select count(*) from cs.usage_daily_changes"), 0);
    }

    #[pg_test]
    fn another_time_zone_has_other_days() {
        health_world();
        run("update cs.usage_metrics set recorded_at = recorded_at - interval '300 days'");
        daily("First", "logins", "3", 120, 0);
        run(
            "update cs.usage_metrics set recorded_at = recorded_at - extract(day from recorded_at)::int % 24 * interval '1 hour'",
        );
        compute_marked_accounts();
        let best = "select concat_ws(' ', inputs ->> 'usage_of_best') from cs.health_scores
                    where is_current and account_id = (select id from pg_temp.ids where name = 'First')";
        let of_days = text(best);
        assert_ne!(of_days.as_deref(), Some(""));
        run(
            "update cs.tenants set settings = settings || '{\"time_zone\": \"Pacific/Auckland\"}' where slug = 'one'",
        );
        assert_ne!(wrong_days(), Vec::<String>::new());
        // Rows are read instead, until the daily pass has put the sums right.
        refresh("First");
        let of_rows = text(best);
        run_daily_passes();
        assert_eq!(wrong_days(), Vec::<String>::new());
        assert_eq!(
            number("select count(*) from cs.usage_daily where zone <> 'Pacific/Auckland'"),
            0
        );
        refresh("First");
        assert_eq!(text(best), of_rows);
        // What a statement that began before the change has still appended is put right as well.
        run("update cs.usage_metrics set metric_value = 9 where metric_type = 'logins'");
        run("update cs.usage_daily_changes set zone = 'UTC', day = day - 1");
        compute_marked_accounts();
        assert_ne!(wrong_days(), Vec::<String>::new());
        run("update cs.health_passes set passed_on = passed_on - 1");
        run_daily_passes();
        assert_eq!(wrong_days(), Vec::<String>::new());
    }

    /// Ada publishes quiet days, from so many days ago to so many days ago.
    fn quiet(from: i32, to: i32) {
        become_person("ada@one.test");
        run(&format!(
            "select cs.publish_health_model(jsonb_build_object('quiet_periods', jsonb_build_array(
                 jsonb_build_object('from', current_date - {from}, 'to', current_date - {to}))))"
        ));
    }

    fn of_first(query: &str) -> String {
        text(&format!(
            "select concat_ws(' ', {query}) from (select id from pg_temp.ids where name = 'First') as it"
        ))
        .unwrap()
    }

    const SCORES: &str = "(select concat_ws(' ', overall_score, usage_score, engagement_score, support_score, adoption_score)
                           from cs.compute_health(it.id))";

    #[pg_test]
    fn a_holiday_season_neither_empties_a_window_nor_ages_a_login() {
        health_world();
        let before = of_first(SCORES);
        run("update cs.usage_metrics set recorded_at = recorded_at - interval '20 days'");
        assert_ne!(of_first(SCORES), before);
        let plain = of_first(
            "(select count(*) from cs.matching_accounts('{\"field\": \"days_since_login\", \"op\": \"gte\", \"value\": 19}'))",
        );
        assert_eq!(plain, "1");
        quiet(19, 0);
        assert_eq!(of_first(SCORES), before);
        // Criteria say the same, whether SQL or a cap asks.
        for (field, op, value) in [
            ("days_since_login", "lte", 1),
            ("logins_30d", "gte", 58),
            ("days_since_usage", "lte", 1),
        ] {
            let criteria = format!(r#"{{"field": "{field}", "op": "{op}", "value": {value}}}"#);
            let found = format!(
                "select count(*) from cs.matching_accounts('{{\"all\": [{criteria}, {{\"field\": \"name\", \"op\": \"eq\", \"value\": \"First\"}}]}}')"
            );
            assert_eq!(number(&found), 1, "{field}");
            let model = format!(r#"{{"caps": [{{"when": {criteria}, "max": 7, "reason": "x"}}]}}"#);
            run(&format!("select cs.publish_health_model('{model}')"));
            assert_eq!(
                of_first("(select overall_score from cs.compute_health(it.id))"),
                "7",
                "{field}"
            );
        }
        let said = of_first(
            "(select reading from cs.explain_health(it.id) where component = 'overall' and part is null)",
        );
        assert!(said.contains("; quiet days do not count: "), "{said}");
        let said = of_first(
            "(select meaning from cs.health_change(it.id, now() - interval '10 days') where cause = 'model')",
        );
        assert!(said.contains("; quiet days do not count: "), "{said}");
    }

    #[pg_test]
    fn quiet_days_are_previewed() {
        health_world();
        run("update cs.usage_metrics set recorded_at = recorded_at - interval '20 days'");
        refresh("First");
        become_person("ada@one.test");
        assert_eq!(
            lines(
                "select (old_score < new_score)::text from cs.preview_health_model(jsonb_build_object('quiet_periods',
                     jsonb_build_array(jsonb_build_object('from', current_date - 19, 'to', current_date))))
                 join pg_temp.ids on id = account_id where name = 'First'"
            ),
            ["true"]
        );
    }

    /// Three accounts that use features, beside First.
    fn users() {
        health_world();
        run(
            "insert into cs.accounts (tenant_id, name) select id, account from cs.tenants,
                 unnest('{Third, Fourth, Fifth}'::text[]) as it (account) where slug = 'one'",
        );
        for account in ["Third", "Fourth", "Fifth"] {
            daily(account, "feature_usage", "9", 40, 0);
            daily(account, "logins", "1", 40, 0);
        }
    }

    #[pg_test]
    fn what_is_usual_is_taken_once_a_day_and_the_same_call_answers_the_same() {
        users();
        let before = of_first(SCORES);
        assert_eq!(number("select count(*) from cs.health_norms"), 0);
        run("select cs.refresh_health()");
        assert_eq!(number("select count(*) from cs.health_norms"), 0);
        run_daily_passes();
        assert_eq!(
            lines("select concat_ws(' ', catalogue, median_depth, accounts) from cs.health_norms"),
            ["{export,report,search} 9 4"]
        );
        assert_eq!(
            number("select count(*) from cs.health_norms where taken_at < now()"),
            0
        );
        // It says nothing of a moment before it was taken.
        assert_eq!(of_first(SCORES), before);
        let later = "(select concat_ws(' ', adoption_score) from cs.compute_health(it.id, clock_timestamp() + interval '1 hour'))";
        let measured = of_first(later);
        daily("Third", "feature_usage", "1000", 3, 0);
        daily("Fourth", "feature_usage", "1000", 3, 0);
        daily("Fifth", "feature_usage", "1000", 3, 0);
        assert_eq!(of_first(later), measured);
        let said = of_first(
            "(select reading from cs.explain_health(it.id, clock_timestamp() + interval '1 hour')
              where component = 'adoption' and part = 'depth')",
        );
        assert!(said.contains("; as of "), "{said}");
        assert_ne!(
            of_first("(select adoption_score from cs.compute_health(it.id))"),
            measured
        );
        assert_eq!(
            of_first(
                "(select string_agg(cause, ' ' order by step) from cs.health_change(it.id, now() - interval '9 days'))"
            ),
            "start left_window new_data usual model cap override other end"
        );
    }

    #[pg_test]
    fn a_large_tenant_need_not_wait_for_its_first_daily_pass() {
        users();
        compute_marked_accounts();
        assert_eq!(number("select count(*) from cs.health_norms"), 0);
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
             select tenant_id, id, 'feature_usage', 1, '{\"feature\": \"export\"}', now() - number * interval '1 second'
             from cs.accounts, generate_series(1, 50000) as number where name = 'Third'");
        for _ in 0..2 {
            run(
                "insert into cs.health_dirty (tenant_id, account_id, by_usage) select tenant_id, id, true from pg_temp.ids",
            );
            compute_marked_accounts();
            assert_eq!(
                number("select count(*) from cs.health_norms where accounts = 4"),
                1
            );
            run("update cs.health_norms set taken_at = now() - interval '1 second'");
        }
    }

    #[pg_test]
    fn who_computes_all_accounts_of_a_large_tenant_keeps_its_first_norms() {
        users();
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
             select tenant_id, id, 'feature_usage', 1, '{\"feature\": \"export\"}', now() - number * interval '1 second'
             from cs.accounts, generate_series(1, 50000) as number where name = 'Third'");
        run("select cs.refresh_health(array[id]) from pg_temp.ids limit 1");
        assert_eq!(number("select count(*) from cs.health_norms"), 0);
        for _ in 0..2 {
            run("select cs.refresh_health()");
            assert_eq!(
                lines("select concat_ws(' ', catalogue, accounts) from cs.health_norms"),
                ["{export,report,search} 4"]
            );
            run("update cs.health_norms set taken_at = now() - interval '1 second'");
        }
    }

    #[pg_test]
    fn two_accounts_are_not_what_is_usual() {
        health_world();
        daily("Second", "feature_usage", "9", 40, 0);
        run_daily_passes();
        assert_eq!(number("select count(*) from cs.health_norms"), 0);
    }

    #[pg_test]
    fn renamed_features_are_one() {
        users();
        let usual = |model: &str| {
            become_person("ada@one.test");
            run(&format!("select cs.publish_health_model('{model}')"));
            of_first(
                "(select concat_ws(' ', raw_value, baseline) from cs.explain_health(it.id) where part = 'breadth' and component = 'adoption')",
            )
        };
        assert_eq!(usual("{}"), "1 3");
        run(
            "update cs.usage_metrics set metadata = metadata || '{\"feature\": \" REPORTS \"}'
             where metadata ->> 'feature' = 'report' and recorded_at > now() - interval '10 days'",
        );
        assert_eq!(usual("{}"), "1 4");
        assert_eq!(
            usual(r#"{"feature_aliases": {"Report": "reports"}}"#),
            "1 3"
        );
        run_daily_passes();
        assert_eq!(
            lines("select unnest(catalogue) from cs.health_norms"),
            ["REPORTS", "export", "search"]
        );
    }
}
