//! Sending again: which deliveries, by whom, with which payload.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::act_as;
    use crate::pg_tests::deliveries::{complete, delivery_of, fail, states, two_deliveries};
    use crate::pg_tests::{become_person, detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn retry(account: &str) -> String {
        format!(
            "select cs.retry_webhook(array[{}])::text",
            delivery_of(account)
        )
    }

    fn all_by(criteria: &str) -> String {
        format!("select cs.retry_webhooks('{criteria}')::text")
    }

    #[pg_test]
    fn what_failed_or_arrived_is_tried_from_the_beginning_and_keeps_its_tries() {
        two_deliveries();
        fail("First");
        complete("Second");
        let ids = lines("select id::text || payload::text from cs.webhook_queue order by 1");
        act_as("paul@one.test");
        assert_eq!(
            text(&retry("First")).as_deref(),
            Some(r#"{"retried": 1, "under_way": 0}"#)
        );
        assert_eq!(
            text(&retry("Second")).as_deref(),
            Some(r#"{"retried": 1, "under_way": 0}"#)
        );
        run("reset role");
        assert_eq!(states(), ["First pending 0", "Second pending 0"]);
        assert_eq!(
            lines("select id::text || payload::text from cs.webhook_queue order by 1"),
            ids
        );
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where last_error is null and response_status is null and run_at <= clock_timestamp()"
            ),
            2
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', made.name, jsonb_array_length(delivery.tries), delivery.tries #>> '{0,attempt}',
                    delivery.tries #>> '{0,response_status}', delivery.tries #>> '{0,error}')
                 from cs.webhook_deliveries as delivery join pg_temp.made on made.id = delivery.id order by 1"
            ),
            ["First 1 10 503 the receiver answered 503", "Second 1 1 200"]
        );
    }

    #[pg_test]
    fn what_waits_is_due_now_and_what_is_under_way_is_left_alone() {
        two_deliveries();
        run(&format!(
            "update cs.webhook_queue set attempts = 3, last_error = 'no answer', run_at = now() + interval '5 hours' where id = {}",
            delivery_of("First")
        ));
        run(&format!(
            "update cs.webhook_queue set status = 'processing', attempts = 1, claim_token = gen_random_uuid() where id = {}",
            delivery_of("Second")
        ));
        become_person("ada@one.test");
        assert_eq!(
            text("select cs.retry_webhook(array(select id from pg_temp.made))::text").as_deref(),
            Some(r#"{"retried": 1, "under_way": 1}"#)
        );
        assert_eq!(states(), ["First pending 3", "Second processing 1"]);
        assert_eq!(
            lines(
                "select last_error from cs.webhook_queue where status = 'pending' and run_at <= clock_timestamp()"
            ),
            ["no answer"]
        );
    }

    #[pg_test]
    fn rebuilt_says_what_is_so_today_and_what_happened_then() {
        two_deliveries();
        run(
            "update cs.webhook_queue set payload = payload || '{\"previous_stage\": \"Adoption\", \"triggered_at\": \"2026-01-01T00:00:00Z\", \"note\": 1}'",
        );
        fail("First");
        fail("Second");
        run("update cs.accounts set name = 'First and last' where name = 'First'");
        run(
            "update cs.playbooks set name = 'Falls', webhook_url = 'https://two.test/' where name = 'Drop'",
        );
        become_person("ada@one.test");
        let before = text(
            "select (payload - array['account_name', 'playbook_name', 'note'])::text from cs.webhook_queue where payload ->> 'account_name' = 'First'",
        );
        run(&format!(
            "select cs.retry_webhook(array[{}], 'rebuilt')",
            delivery_of("First")
        ));
        run(&format!(
            "select cs.retry_webhook(array[{}])",
            delivery_of("Second")
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', made.name, payload ->> 'account_name', payload ->> 'playbook_name', payload ->> 'note', host)
                 from cs.webhook_queue as delivery join pg_temp.made on made.id = delivery.id order by 1"
            ),
            [
                "First First and last Falls two.test:443",
                "Second Second Drop 1 two.test:443"
            ]
        );
        let after = text(
            "select (payload - array['account_name', 'playbook_name', 'note'])::text from cs.webhook_queue where payload ->> 'account_name' = 'First and last'",
        );
        assert_eq!(
            after, before,
            "what happened, its sequence and its chain stay"
        );
    }

    #[pg_test]
    fn a_delivery_outlives_its_account_for_who_sees_all_accounts() {
        two_deliveries();
        fail("First");
        run("delete from cs.accounts where name = 'First'");
        act_as("cleo@one.test");
        assert_eq!(number("select count(*) from cs.webhook_deliveries"), 0);
        assert_eq!(fails_with(&retry("First")), "P0002 no such delivery");
        act_as("paul@one.test");
        assert_eq!(
            lines(
                "select concat_ws(' ', coalesce(account_name, 'gone'), status) from cs.webhook_deliveries order by 1"
            ),
            ["First failed", "Second pending"]
        );
        let rebuilt = format!(
            "select cs.retry_webhook(array[{}], 'rebuilt')",
            delivery_of("First")
        );
        let complaint = fails_with(&rebuilt);
        assert!(
            complaint.ends_with("cannot be rebuilt: its account is gone"),
            "{complaint}"
        );
        assert_eq!(fails_with(&retry("First")), "nothing");
        run("reset role");
        assert_eq!(states(), ["First pending 0", "Second pending 0"]);
    }

    #[pg_test]
    fn nothing_of_a_playbook_that_is_off_is_sent_again() {
        two_deliveries();
        fail("First");
        become_person("ada@one.test");
        for (change, why) in [
            ("paused_at = now()", "is paused"),
            ("is_active = false", "is switched off"),
            ("deleted_at = now()", "was deleted"),
        ] {
            run(&format!(
                "update cs.playbooks set {change} where name = 'Drop'"
            ));
            assert_eq!(
                fails_with(&retry("First")),
                format!("22023 the playbook \"Drop\" {why}, so its deliveries are not sent")
            );
        }
        assert_eq!(
            text(&all_by("{}")).as_deref(),
            Some(r#"{"left": 0, "retried": 0, "of_idle_playbooks": 1}"#)
        );
        assert_eq!(states(), ["First failed 10", "Second pending 0"]);
        run("update cs.playbooks set deleted_at = null where name = 'Drop'");
        run("update cs.webhook_queue set is_test = true");
        assert_eq!(
            fails_with(&retry("First")),
            "nothing",
            "a test is sent all the same"
        );
    }

    #[pg_test]
    fn who_may_depends_on_role_and_account() {
        two_deliveries();
        fail("First");
        fail("Second");
        // Cleo's own account is First.
        for (who, account, expected) in [
            ("vera@one.test", "First", "P0002 no such delivery"),
            ("ben@two.test", "First", "P0002 no such delivery"),
            ("cleo@one.test", "Second", "P0002 no such delivery"),
            ("cleo@one.test", "First", "nothing"),
            ("paul@one.test", "Second", "nothing"),
        ] {
            act_as(who);
            assert_eq!(fails_with(&retry(account)), expected, "{who}");
        }
        act_as("ada@one.test");
        for (call, expected) in [
            (
                "select cs.retry_webhook(array[gen_random_uuid()])",
                "P0002 no such delivery",
            ),
            (
                "select cs.retry_webhook(array[null::uuid])",
                "P0002 no such delivery",
            ),
            ("select cs.retry_webhook(null)", "22023 ids must be given"),
            (
                "select cs.retry_webhook(array_fill(gen_random_uuid(), array[1]) || array(select gen_random_uuid() from generate_series(1, 10000)))",
                "22023 ids can hold at most 10000 values",
            ),
            (
                "select cs.retry_webhook('{}', 'later')",
                "22023 mode must be as_sent or rebuilt, not \"later\"",
            ),
        ] {
            assert_eq!(fails_with(call), expected);
        }
        assert_eq!(
            text("select cs.retry_webhook('{}') ->> 'retried'").as_deref(),
            Some("0")
        );
    }

    #[pg_test]
    fn all_that_match_are_for_tenant_admins() {
        two_deliveries();
        fail("First");
        complete("Second");
        act_as("paul@one.test");
        assert!(fails_with(&all_by("{}")).starts_with("42501"));
        act_as("ada@one.test");
        for (criteria, retried) in [
            (r#"{"host": "elsewhere.test:443"}"#, 0),
            (r#"{"error": "TIMED OUT"}"#, 0),
            (r#"{"response_status": 500}"#, 0),
            (r#"{"until": "2020-01-01"}"#, 0),
            (
                r#"{"error": "answered 503", "host": "RECEIVER.test:443", "response_status": 503, "status": "failed", "since": "2020-01-01"}"#,
                1,
            ),
            ("{}", 0),
        ] {
            assert_eq!(
                text(&all_by(criteria)),
                Some(format!(
                    r#"{{"left": 0, "retried": {retried}, "of_idle_playbooks": 0}}"#
                )),
                "{criteria}"
            );
        }
        for (criteria, field) in [
            ("[]", "criteria"),
            (r#"{"status": "completed"}"#, "criteria.status"),
            (r#"{"playbook": 1}"#, "criteria.playbook"),
        ] {
            let detail = detail_of(&all_by(criteria));
            assert_eq!(detail, format!(r#"22023 {{"field":"{field}"}}"#));
        }
        run("reset role");
        assert_eq!(states(), ["First pending 0", "Second completed 1"]);
        run(
            "update cs.webhook_queue set run_at = now() + interval '1 hour' where status = 'pending'",
        );
        act_as("ada@one.test");
        let tried_now = text(&all_by(r#"{"status": "pending"}"#)).unwrap();
        assert!(tried_now.contains(r#""retried": 1"#), "{tried_now}");
    }

    #[pg_test]
    fn a_call_is_bounded_and_the_next_one_takes_the_rest() {
        two_deliveries();
        become_person("ada@one.test");
        run("insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload, status, attempts, processed_at, max_attempts)
             select tenant_id, playbook_id, account_id, '{}', 'failed', 10, now(), 10
             from (select * from cs.webhook_queue limit 1) as it cross join generate_series(1, 10003)");
        assert_eq!(
            text(&all_by("{}")).as_deref(),
            Some(r#"{"left": 3, "retried": 10000, "of_idle_playbooks": 0}"#)
        );
        assert_eq!(
            text(&all_by("{}")).as_deref(),
            Some(r#"{"left": 0, "retried": 3, "of_idle_playbooks": 0}"#)
        );
    }

    #[pg_test]
    fn one_that_is_sent_in_order_takes_its_place_in_line() {
        two_deliveries();
        run("update cs.webhook_queue set is_ordered = true");
        fail("First");
        become_person("ada@one.test");
        run(&retry("First"));
        assert_eq!(states(), ["First pending 0 order", "Second pending 0"]);
    }
}
