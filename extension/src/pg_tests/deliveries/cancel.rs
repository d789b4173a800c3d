//! Ending deliveries: by hand, and when a playbook is switched on again.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::act_as;
    use crate::pg_tests::deliveries::{complete, delivery_of, states, two_deliveries};
    use crate::pg_tests::{become_person, fails_with, lines, run, text};
    use pgrx::prelude::*;

    fn cancel(account: &str) -> String {
        format!(
            "select cs.cancel_webhook(array[{}])::text",
            delivery_of(account)
        )
    }

    #[pg_test]
    fn what_waits_is_held_or_under_way_fails_and_says_by_whom() {
        two_deliveries();
        run(&format!(
            "update cs.webhook_queue set held = 'playbook' where id = {}",
            delivery_of("First")
        ));
        run(&format!(
            "update cs.webhook_queue set status = 'processing', attempts = 1, claim_token = gen_random_uuid() where id = {}",
            delivery_of("Second")
        ));
        act_as("cleo@one.test");
        assert_eq!(fails_with(&cancel("Second")), "P0002 no such delivery");
        assert_eq!(
            text(&cancel("First")).as_deref(),
            Some(r#"{"over": 0, "cancelled": 1}"#)
        );
        act_as("ada@one.test");
        assert_eq!(
            text("select cs.cancel_webhook(array(select id from pg_temp.made))::text").as_deref(),
            Some(r#"{"over": 1, "cancelled": 1}"#)
        );
        run("reset role");
        assert_eq!(states(), ["First failed 0", "Second failed 1"]);
        assert_eq!(
            lines(
                "select last_error from cs.webhook_queue where claim_token is null and processed_at is not null order by 1"
            ),
            ["cancelled by Ada", "cancelled by Cleo"]
        );
    }

    #[pg_test]
    fn all_that_match_are_for_tenant_admins_and_what_is_over_stays() {
        two_deliveries();
        complete("Second");
        act_as("paul@one.test");
        assert!(fails_with("select cs.cancel_webhooks('{}')").starts_with("42501"));
        act_as("ada@one.test");
        for (criteria, cancelled) in [
            (r#"{"status": "processing"}"#, 0),
            (r#"{"status": "pending", "host": "receiver.test:443"}"#, 1),
            ("{}", 0),
        ] {
            assert_eq!(
                text(&format!("select cs.cancel_webhooks('{criteria}')::text")),
                Some(format!(r#"{{"left": 0, "cancelled": {cancelled}}}"#)),
                "{criteria}"
            );
        }
        assert!(
            fails_with(r#"select cs.cancel_webhooks('{"status": "failed"}')"#).starts_with("22023")
        );
        run("reset role");
        assert_eq!(states(), ["First failed 0", "Second completed 1"]);
    }

    #[pg_test]
    fn a_superuser_without_a_person_is_called_by_the_role() {
        two_deliveries();
        run(&cancel("First"));
        let by = text("select last_error from cs.webhook_queue where status = 'failed'").unwrap();
        assert_eq!(Some(by), text("select 'cancelled by ' || session_user"));
    }

    #[pg_test]
    fn switching_on_sends_or_drops_what_was_queued() {
        two_deliveries();
        become_person("ada@one.test");
        let activate = |queued: &str| {
            format!(
                "select concat_ws(' ', it ->> 'dropped', it ->> 'deliveries_waiting', it ->> 'state')
                 from (select cs.activate_playbook(id, 'new', {queued}) as it from cs.playbooks where name = 'Drop') as done"
            )
        };
        assert_eq!(
            text(&activate("'drop'")).as_deref(),
            Some("0 2 active"),
            "it was on"
        );
        run("select cs.pause_playbook(id) from cs.playbooks where name = 'Drop'");
        assert_eq!(text(&activate("'send'")).as_deref(), Some("0 2 active"));
        run("select cs.pause_playbook(id) from cs.playbooks where name = 'Drop'");
        run(&format!(
            "update cs.webhook_queue set status = 'processing', attempts = 1, claim_token = gen_random_uuid() where id = {}",
            delivery_of("Second")
        ));
        run("update cs.webhook_queue set held = 'playbook' where status = 'pending'");
        assert_eq!(text(&activate("'drop'")).as_deref(), Some("1 1 active"));
        assert_eq!(states(), ["First failed 0", "Second processing 1"]);
        assert_eq!(
            text("select last_error from cs.webhook_queue where status = 'failed'").as_deref(),
            Some("dropped by Ada when the playbook was switched on")
        );
        assert_eq!(
            fails_with(&activate("'later'")),
            "22023 queued must be send or drop, not \"later\""
        );
    }
}
