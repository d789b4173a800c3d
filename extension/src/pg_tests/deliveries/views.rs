//! What is shown of deliveries: what each waits for, and how automation is doing.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, id};
    use crate::pg_tests::deliveries::{complete, delivery_of, fail, two_deliveries};
    use crate::pg_tests::{fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn waits() -> String {
        text(&format!(
            "select concat_ws(': ', waits_for, waits_because) from cs.webhook_deliveries where id = {}",
            delivery_of("First")
        ))
        .unwrap()
    }

    /// Each change puts another reason before those that were there.
    #[pg_test]
    fn what_a_delivery_waits_for_is_a_word_and_a_sentence() {
        two_deliveries();
        assert_eq!(waits(), "worker: It is due and waits for its turn.");
        for (change, begins) in [
            (
                "insert into cs.webhook_breakers (tenant_id, host, probe_at, failures) select tenant_id, host, now() + interval '1 minute', 12 from cs.webhook_queue limit 1",
                "receiver: receiver.test:443 failed 12 times in a row",
            ),
            (
                "update cs.webhook_queue set run_at = now() + interval '1 hour', attempts = 2",
                "time: The last try failed; its next one",
            ),
            (
                "update cs.webhook_queue set held = 'order'",
                "order: An earlier delivery",
            ),
            (
                "update cs.playbooks set paused_at = now()",
                "playbook: Its playbook is paused",
            ),
            (
                "update cs.playbooks set is_active = false",
                "playbook: Its playbook is switched off",
            ),
            (
                "update cs.playbooks set deleted_at = now()",
                "playbook: Its playbook was deleted",
            ),
            (
                "update cs.tenants set is_active = false",
                "tenant: The tenant is inactive.",
            ),
            (
                "update cs.webhook_queue set held = 'copy'",
                "copy: This database is a copy",
            ),
            (
                "update cs.webhook_queue set held = null, status = 'processing', claim_token = gen_random_uuid()",
                "",
            ),
        ] {
            run(change);
            assert!(waits().starts_with(begins), "{change}: {}", waits());
            assert_eq!(begins.is_empty(), waits().is_empty(), "{change}");
        }
    }

    #[pg_test]
    fn a_delivery_is_shown_whole_where_it_is_looked_for() {
        two_deliveries();
        fail("First");
        complete("Second");
        act_as("paul@one.test");
        assert_eq!(
            lines(
                "select concat_ws(' ', playbook_name, account_name, event_type, channel, host, status, attempts, max_attempts,
                    response_status, last_error, duration_ms, jsonb_array_length(tries), tries #>> '{0,duration_ms}', processed_at is not null)
                 from cs.webhook_deliveries order by account_name"
            ),
            [
                "Drop First health_drop webhook receiver.test:443 failed 10 10 503 the receiver answered 503 1 12 t",
                "Drop Second health_drop webhook receiver.test:443 completed 1 10 200 7 1 7 t"
            ]
        );
        run("reset role");
        run(&format!(
            "update cs.webhook_queue set status = 'pending', processed_at = null, attempts = 1, held = 'playbook' where id = {}",
            delivery_of("First")
        ));
        act_as("paul@one.test");
        assert_eq!(
            lines(
                "select concat_ws(' ', account_name, delivery_status, delivery_waits_for) from cs.execution_log order by 1"
            ),
            ["First pending playbook", "Second completed"]
        );
        assert_eq!(
            text(&format!(
                "select concat_ws(' ', it #>> '{{deliveries,0,waits_for}}', it #>> '{{deliveries,0,playbook_name}}') from cs.account_360({}) as it",
                id("First")
            ))
            .as_deref(),
            Some("playbook Drop")
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', deliveries_waiting, deliveries_held) from cs.playbook_overview where name = 'Drop'"
            ),
            ["1 1"]
        );
        run("reset role");
        assert_eq!(
            lines(
                "select concat_ws(' ', tenant, waiting, waits_for) from cs.worker_status() where step = 'deliveries'"
            ),
            ["one 1 playbook"]
        );
    }

    #[pg_test]
    fn the_health_of_automation_is_counted_per_tenant() {
        two_deliveries();
        run("insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload, held)
             select tenant_id, playbook_id, account_id, '{}', 'playbook' from cs.webhook_queue cross join generate_series(1, 2)");
        run(&format!(
            "update cs.webhook_queue set run_at = now() - interval '20 minutes' where id = {}",
            delivery_of("First")
        ));
        complete("Second");
        let shown = "select concat_ws(' ', tenant, pending, due, oldest_due_seconds / 60, held, processing, completed_minute, failed_day,
                failed_percent_day, dead_letters, bytes_waiting > 0, jsonb_array_length(breakers), marked_accounts, is_copy)
             from cs.automation_health where tenant = 'one'";
        for who in ["paul@one.test", "cleo@one.test"] {
            act_as(who);
            assert_eq!(
                lines(shown),
                [r#"one 5 1 20 {"playbook": 4} 0 1 0 0.0 0 t 0 0 f"#],
                "{who}"
            );
            assert_eq!(number("select count(*) from cs.automation_health"), 1);
        }
        for who in ["vera@one.test", "ben@two.test"] {
            act_as(who);
            assert_eq!(
                number("select count(*) from cs.automation_health"),
                0,
                "{who}"
            );
        }
        run("reset role");
        assert_eq!(
            number("select count(*) from cs.automation_health where tenant in ('one', 'two')"),
            2
        );
        run("set local session authorization default");
        run("create role test_monitor in role pg_monitor");
        run("set local app.current_user_id = ''");
        run("set local role test_monitor");
        assert_eq!(
            number("select count(*) from cs.automation_health where tenant in ('one', 'two')"),
            2
        );
        assert!(fails_with("select count(*) from cs.webhook_queue").starts_with("42501"));
        assert_eq!(
            number("select count(*) from cs.worker_vitals() where pid = 0"),
            0
        );
    }

    #[pg_test]
    fn what_is_wrong_is_said_in_a_sentence() {
        two_deliveries();
        run("update cs.webhook_queue set run_at = now() - interval '20 minutes'");
        let problem = || {
            text("select coalesce((select problem from cs.automation_health where tenant = 'one'), '-')").unwrap()
        };
        // The worker of the test database sends nothing of a transaction that has not committed.
        assert!(
            problem().starts_with("Deliveries are late: 2 are due, the oldest since 20 minutes")
                || problem().starts_with("Nothing is sent: no worker runs"),
            "{}",
            problem()
        );
        run("update cs.installation set system_identifier = 'another'");
        assert!(
            problem().starts_with("Nothing is sent: this database is a copy")
                || problem().starts_with("Nothing is sent: no worker runs"),
            "{}",
            problem()
        );
        assert_eq!(
            lines("select is_copy::text from cs.automation_health where tenant = 'one'"),
            ["true"]
        );
    }

    #[pg_test]
    fn confirming_adopts_what_waits_for_another_installation() {
        two_deliveries();
        run(
            "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload)
             select tenant_id, playbook_id, account_id, '{}' from cs.webhook_queue",
        );
        run(
            "update cs.webhook_queue set installation = 'another/1', held = 'copy' where payload <> '{}'",
        );
        run(
            "update cs.webhook_queue set is_ordered = true where payload <> '{}' and account_id = (select id from cs.accounts where name = 'First')",
        );
        act_as("ada@one.test");
        assert!(fails_with("select cs.confirm_webhooks()").starts_with("42501"));
        run("reset role");
        assert_eq!(number("select cs.confirm_webhooks()"), 2);
        assert_eq!(number("select cs.confirm_webhooks()"), 0);
        assert_eq!(
            lines(
                "select concat_ws(' ', held, count(*), count(distinct installation)) from cs.webhook_queue group by held order by 1"
            ),
            ["3 1", "order 1 1"]
        );
    }

    #[pg_test]
    fn what_prometheus_reads_names_nobody() {
        two_deliveries();
        run("update cs.webhook_queue set run_at = now() - interval '90 seconds'");
        run(&format!(
            "update cs.webhook_queue set held = 'tenant' where id = {}",
            delivery_of("First")
        ));
        act_as("ada@one.test");
        assert!(fails_with("select * from cs.automation_metrics()").starts_with("42501"));
        run("reset role");
        run("set local role cs_gateway");
        assert_eq!(
            lines(
                // However long the test takes.
                "select concat_ws(' ', name, of, round(case when value between 90 and 200 then 90 else value end))
                 from cs.automation_metrics()
                 where name like 'deliveries%' or name in ('is_copy', 'receivers_left_alone') order by name, of"
            ),
            [
                "deliveries_dead_letters 0",
                "deliveries_due 1",
                "deliveries_held copy 0",
                "deliveries_held order 0",
                "deliveries_held playbook 0",
                "deliveries_held tenant 1",
                "deliveries_oldest_due_seconds 90",
                "deliveries_pending 2",
                "is_copy 0",
                "receivers_left_alone 0"
            ]
        );
    }
}
