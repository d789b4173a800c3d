//! Feeds that fall silent: what is measured meanwhile, who may say that the silence is real, and what it did not count once
//! rows come again.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::{compute_marked_accounts, health_world};
    use crate::pg_tests::{become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    /// First, Second and two more with half a year of all usage, which ended this many days ago.
    fn silent_for(days: i32) {
        health_world();
        run("delete from cs.usage_metrics");
        run(
            "insert into cs.accounts (tenant_id, name)
             select id, account from cs.tenants, unnest('{Third, Fourth}'::text[]) as it (account) where slug = 'one'",
        );
        run(
            "insert into pg_temp.ids select name, tenant_id, id from cs.accounts
             where name not in (select name from pg_temp.ids)",
        );
        use_daily(days, 180);
        run("delete from cs.health_dirty");
    }

    /// Usage of everybody once a day, at an hour that is over.
    fn use_daily(newest: i32, oldest: i32) {
        run(&format!(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
             select account.tenant_id, account.id, kind::cs.metric_type, quantity,
                 jsonb_build_object('user_id', 'u' || day % 3, 'feature', (array['a', 'b', 'c'])[1 + day % 3]),
                 now() - day * interval '1 day' - interval '1 hour'
             from cs.accounts as account
             join cs.tenants as tenant on tenant.id = account.tenant_id and tenant.slug = 'one'
             cross join (values ('logins', 2), ('feature_usage', 5), ('api_calls', 20)) as it (kind, quantity)
             cross join generate_series({newest}, {oldest}) as day"
        ));
    }

    /// Score, confidence and whether a feed is out, of First this many days from now.
    fn first_in(days: &str) -> String {
        text(&format!(
            "select concat_ws(' ', overall_score, confidence, stale_feed)
             from cs.compute_health((select id from pg_temp.ids where name = 'First'), now() + interval '{days}')"
        ))
        .unwrap()
    }

    #[pg_test]
    fn an_outage_lasts_until_rows_come_again() {
        silent_for(0);
        let days = [
            "0 days", "2 days", "3 days", "6 days", "20 days", "35 days", "200 days",
        ];
        let shown = days.map(first_in);
        assert_eq!(shown[..2], ["100 high f", "99 high f"]);
        for (days, shown) in days.iter().zip(&shown).skip(2) {
            assert_eq!(shown, "100 high t", "{days}");
        }
        assert_eq!(
            lines("select metric_type from cs.feed_outages"),
            Vec::<String>::new()
        );
    }

    #[pg_test]
    fn two_accounts_or_nine_days_are_no_feed() {
        silent_for(20);
        run(
            "delete from cs.usage_metrics where account_id in (select id from pg_temp.ids where name in ('Third', 'Fourth'))",
        );
        assert!(first_in("0 days").ends_with(" f"));
        run("delete from cs.usage_metrics");
        run("select 1");
        use_daily(20, 28);
        assert!(first_in("0 days").ends_with(" f"));
        use_daily(29, 29);
        assert!(first_in("0 days").ends_with(" t"));
    }

    #[pg_test]
    fn an_admin_says_that_a_silence_is_real_and_takes_it_back() {
        silent_for(20);
        assert_eq!(
            lines(
                "select concat_ws(' ', metric_type, is_accepted, now() - since = interval '20 days 1 hour')
                 from cs.feed_outages order by metric_type"
            ),
            ["api_calls f t", "feature_usage f t", "logins f t"]
        );
        let before = first_in("0 days");
        for email in ["pat@one.test", "con@one.test", "vic@one.test"] {
            become_person(email);
            run("set local role cs_member");
            for call in [
                "select cs.accept_silence('logins', 'x')",
                "select cs.withdraw_silence('logins')",
            ] {
                assert_eq!(
                    fails_with(call),
                    "42501 your role may not change the health model",
                    "{email}"
                );
            }
            assert_eq!(number("select count(*) from cs.feed_outages"), 3, "{email}");
            run("reset role");
        }
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(
            fails_with("select cs.accept_silence('clicks', 'x')"),
            "22023 metric_type must be logins, feature_usage, api_calls or support_tickets"
        );
        assert_eq!(
            fails_with("select cs.accept_silence('logins', ' ')"),
            "22023 an accepted silence needs a reason"
        );
        assert!(
            fails_with("select cs.accept_silence('support_tickets', 'x')").starts_with("22023 ")
        );
        assert!(fails_with("select cs.withdraw_silence('logins')").starts_with("P0002 "));
        let accept = "select cs.accept_silence('logins', 'We closed the portal')::text";
        let id = text(accept);
        assert_eq!(text(accept), id);
        assert_eq!(
            lines(
                "select concat_ws(' ', metric_type, is_accepted, accepted_by, reason) from cs.feed_outages
                 where is_accepted"
            ),
            ["logins t Ada We closed the portal"]
        );
        for kind in ["feature_usage", "api_calls"] {
            run(&format!("select cs.accept_silence('{kind}', 'The same')"));
        }
        run("reset role");
        // What is real counts: silence is silence from the moment it was accepted, and not before.
        assert_ne!(first_in("0 days"), before);
        assert!(first_in("0 days").ends_with(" f"));
        assert!(first_in("-1 seconds").ends_with(" t"));
        assert_eq!(first_in("35 days"), "0 high f");
        compute_marked_accounts();
        assert_eq!(
            lines("select distinct stale_feed::text from cs.health_current"),
            ["false"]
        );
        assert_eq!(
            number("select count(*) from cs.audit_log where table_name = 'feed_silences'"),
            3
        );
        become_person("ada@one.test");
        for kind in ["logins", "feature_usage", "api_calls"] {
            run(&format!("select cs.withdraw_silence('{kind}')"));
        }
        assert_eq!(first_in("0 days"), before);
    }

    #[pg_test]
    fn days_of_an_outage_that_has_ended_do_not_pass() {
        silent_for(0);
        let (good, later) = (first_in("0 days"), first_in("2 days"));
        // Twenty days without rows, which ended two days ago.
        run(
            "update cs.usage_metrics set recorded_at = recorded_at - interval '20 days'
             where recorded_at < now() - interval '2 days'",
        );
        assert_eq!(first_in("0 days"), good);
        assert_eq!(first_in("2 days"), later);
        let said = text(
            "select reading from cs.explain_health((select id from pg_temp.ids where name = 'First'))
             where component = 'overall' and part is null",
        )
        .unwrap();
        assert!(
            said.contains("for logins these do not count, since the feed was out: "),
            "{said}"
        );
        // Rows that were sent late close the gap, and count as what they are.
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
             select tenant_id, id, kind, 0, now() - day * interval '1 day' - interval '2 hours'
             from pg_temp.ids cross join unnest(enum_range(null::cs.metric_type)) as kind
             cross join generate_series(3, 21) as day where name = 'Second' and kind <> 'support_tickets'");
        assert_ne!(first_in("0 days"), good);
        assert!(first_in("0 days").ends_with(" f"));
    }

    #[pg_test]
    fn an_accepted_silence_that_has_ended_has_passed() {
        silent_for(0);
        let good = first_in("0 days");
        run(
            "update cs.usage_metrics set recorded_at = recorded_at - interval '20 days'
             where recorded_at < now() - interval '2 days'",
        );
        run(
            "insert into cs.feed_silences (tenant_id, metric_type, reason, accepted_at)
             select id, kind, 'real', now() - interval '10 days'
             from cs.tenants cross join unnest(enum_range(null::cs.metric_type)) as kind where slug = 'one'",
        );
        assert_ne!(first_in("0 days"), good);
        // Given before the silence or after its end: another one was meant.
        run("update cs.feed_silences set accepted_at = now() - interval '30 days'");
        assert_eq!(first_in("0 days"), good);
        run("update cs.feed_silences set accepted_at = now() - interval '1 day'");
        assert_eq!(first_in("0 days"), good);
    }

    #[pg_test]
    fn a_drawing_of_usage_knows_the_days_that_did_not_pass() {
        silent_for(20);
        run("insert into cs.health_models (tenant_id, quiet_periods)
             select tenant_id, jsonb_build_array(jsonb_build_object('from', current_date - 90, 'to', current_date - 80))
             from pg_temp.ids limit 1");
        // Days since the last row of before, and until the one of now.
        let outages = || {
            lines(
                "select concat_ws(' ', pause.metric_type, pause.kind, pause.from_day - last.day,
                     (now() - interval '1 hour')::date - pause.to_day)
                 from cs.usage_pauses((select id from pg_temp.ids where name = 'First'), current_date - 79) as pause,
                     (select max(recorded_at)::date as day from cs.usage_metrics where recorded_at < now() - interval '2 days') as last",
            )
        };
        assert_eq!(
            lines(
                "select concat_ws(' ', kind, current_date - from_day, current_date - to_day)
                 from cs.usage_pauses((select id from pg_temp.ids where name = 'First')) where metric_type is null"
            ),
            ["quiet 90 80"]
        );
        assert_eq!(
            outages(),
            [
                "api_calls outage 1",
                "feature_usage outage 1",
                "logins outage 1"
            ]
        );
        become_person("ada@one.test");
        run("select cs.accept_silence('logins', 'they left')");
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
             select tenant_id, id, 'api_calls', 1, now() - interval '1 hour' from pg_temp.ids where tenant_id = cs.current_tenant_id()");
        assert_eq!(
            outages(),
            [
                "api_calls outage 1 1",
                "feature_usage outage 1",
                "logins accepted 1"
            ]
        );
    }

    #[pg_test]
    fn another_tenant_is_told_nothing() {
        silent_for(20);
        become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(number("select count(*) from cs.feed_outages"), 0);
        assert_eq!(
            number(
                "select count(*) from pg_temp.ids, cs.tenant_outages(ids.tenant_id) where name = 'First'"
            ),
            0
        );
        let pauses = "select cs.usage_pauses((select id from pg_temp.ids where name = 'First'))";
        assert_eq!(fails_with(pauses), "P0002 no such account");
    }
}
