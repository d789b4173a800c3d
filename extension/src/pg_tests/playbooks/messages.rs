//! What playbooks write to people, and which receivers they may name.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::playbooks::{quiet_world, score};
    use crate::pg_tests::{become_person, detail_of, fails_with, hint_of, lines, number, run};
    use pgrx::prelude::*;

    fn insert(url: &str, actions: &str) -> String {
        format!(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, actions, cooldown_minutes)
             select id, 'Alert', '{{\"event\": {{\"kind\": \"health_drop\", \"threshold\": 40}}}}', {url}, $json${actions}$json$, 0
             from cs.tenants where slug = 'one'"
        )
    }

    fn mail_to(to: &str) -> String {
        format!(
            r#"[{{"kind": "email", "to": {to}, "subject": "{{{{account_name}}}}", "body": "Score {{{{health_score}}}}"}}]"#
        )
    }

    /// Ada looks after the first account, whose primary contact is Cora.
    fn people() {
        quiet_world();
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'ada@one.test') where name = 'First'",
        );
        run("insert into cs.contacts (tenant_id, account_id, full_name, email, is_primary)
             select tenant_id, id, 'Cora', 'cora@customer.test', true from cs.accounts where name = 'First'");
    }

    const QUEUED: &str = "select concat_ws(' ', channel, action, payload ->> 'text', payload -> 'to', payload -> 'outside', payload ->> 'subject')
        from cs.webhook_queue order by action, id";
    const RESULTS: &str = "select concat_ws(' ', it ->> 'kind', it ->> 'result', it ->> 'error', it -> 'left_out')
        from cs.playbook_executions, jsonb_array_elements(actions) with ordinality as all_of (it, place) order by executed_at, place";

    #[pg_test]
    fn messages_and_mail_leave_by_the_queue() {
        people();
        run(&insert(
            "'https://one.test/a'",
            r#"[{"kind": "slack", "url": "https://hooks.slack.test/x", "text": "{{account_name}} is at {{health_score}}"},
                {"kind": "email", "to": ["csm", "contact:primary", "ada@one.test", "p@partner.test"], "subject": "{{account_name}}", "body": "See {{risk_level}}"},
                {"kind": "task", "title": "Look"}]"#,
        ));
        run("update cs.accounts set name = 'A <!channel>' where name = 'First'");
        score("A <!channel>", 30);
        let queued = lines(QUEUED);
        assert!(queued[0].starts_with("webhook 0"), "{queued:?}");
        assert_eq!(
            queued[1..],
            [
                "slack 1 A &lt;!channel&gt; is at 30".to_owned(),
                r#"email 2 See Critical ["ada@one.test", "cora@customer.test", "p@partner.test"] ["p@partner.test"] A <!channel>"#
                    .to_owned()
            ]
        );
        assert_eq!(
            lines(RESULTS),
            [
                "webhook queued",
                "slack queued",
                "email queued",
                "task done"
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', host, sequence is not null) from cs.webhook_queue order by action"
            ),
            ["one.test:443 t", "hooks.slack.test:443 t", "smtp t"]
        );
        assert_eq!(
            lines("select result from cs.playbook_executions where result <> 'fired'").len(),
            0
        );
    }

    #[pg_test]
    fn mail_to_no_one_is_refused_and_the_rest_goes_on() {
        people();
        run(&insert(
            "null",
            &mail_to(r#"["csm", "contact:primary", "cora@customer.test"]"#).replace(
                "}]",
                r#"}, {"kind": "slack", "url": "https://hooks.slack.test/x", "text": "x"}, {"kind": "task", "title": "Look"}]"#,
            ),
        ));
        score("Second", 30);
        let refused = lines(RESULTS);
        assert_eq!(
            refused[0],
            "email refused there is no one to write to: the account has no CSM; the account has no primary contact with an e-mail address; \
             mail to cora@customer.test is not allowed, since it is neither a member's nor a contact's address"
        );
        assert_eq!(refused[1..], ["slack queued", "task done"]);
        assert_eq!(
            lines(
                "select concat_ws(' ', result, error_message like 'there is no one to write to%') from cs.playbook_executions"
            ),
            ["failed t"]
        );
        // Where some can be written to, the others are left out, and it says so.
        score("First", 30);
        let done = lines(RESULTS);
        assert_eq!(done[3], "email queued");
        run("delete from cs.contacts");
        score("First", 60);
        score("First", 20);
        assert!(lines(RESULTS)[6].starts_with(r#"email queued ["the account has no primary"#));
    }

    #[pg_test]
    fn recipients_are_checked_before_they_are_stored() {
        people();
        for (to, expected) in [
            (
                r#"["eve@evil.test"]"#,
                "22023 mail to eve@evil.test is not allowed, since it is neither a member's nor a contact's address",
            ),
            (
                r#"["csm", "ben@two.test"]"#,
                "22023 mail to ben@two.test is not allowed, since it is neither a member's nor a contact's address",
            ),
            (
                r#"["csm", "nobody"]"#,
                "22023 \"nobody\" is not a valid e-mail address",
            ),
            (
                r#"["01980000-0000-7000-8000-000000000001"]"#,
                "22023 there is no active member \"01980000-0000-7000-8000-000000000001\"",
            ),
            ("[]", "22023 actions[0].to must name at least one recipient"),
        ] {
            assert_eq!(fails_with(&insert("null", &mail_to(to))), expected, "{to}");
        }
        let outside = insert("null", &mail_to(r#"["eve@evil.test"]"#));
        assert!(detail_of(&outside).contains("actions[0].to[0]"));
        assert!(hint_of(&outside).contains("customer_success.email_allowed_domains"));
        run(&insert(
            "null",
            &mail_to(r#"["CSM", "ADA@one.test", "cora@customer.test", "p@partner.test"]"#),
        ));
        assert_eq!(
            lines("select jsonb_array_elements_text(actions -> 0 -> 'to') from cs.playbooks where name = 'Alert'")
                .iter()
                .map(|it| it.len() == 36)
                .collect::<Vec<_>>(),
            [false, true, false, false],
            "a member is stored by id"
        );
    }

    #[pg_test]
    fn a_receiver_that_could_not_be_called_is_refused() {
        quiet_world();
        for url in [
            "https://127.0.0.1/",
            "https://127.1/x",
            "https://[::1]/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest",
            "https://[2600:1234::5efe:7f00:1]/",
            "https://localhost/",
            "http://example.com/",
            "http://localhost:5679/",
        ] {
            let webhook = insert(&format!("'{url}'"), "[]");
            assert!(fails_with(&webhook).starts_with("22023"), "{url}");
            assert!(detail_of(&webhook).contains("\"webhook_url\""), "{url}");
            assert!(
                hint_of(&webhook).contains("customer_success.webhook_allowed_hosts"),
                "{url}"
            );
            for kind in [r#""webhook""#, r#""slack", "text": "x""#] {
                let action = insert("null", &format!(r#"[{{"kind": {kind}, "url": "{url}"}}]"#));
                assert!(detail_of(&action).contains("actions[0].url"), "{url}");
            }
        }
        for url in [
            "https://example.com:0/",
            "https://a..b/",
            "https://-a.example/",
            "https://example.com,/",
        ] {
            assert!(
                fails_with(&insert(&format!("'{url}'"), "[]")).starts_with("22023"),
                "{url}"
            );
        }
        run(&insert("'http://localhost:5678/x'", "[]"));
        // What is stored may be renamed though its receiver is no longer allowed.
        run("alter table cs.playbooks disable trigger all");
        run("update cs.playbooks set webhook_url = 'http://10.0.0.1/' where name = 'Alert'");
        run("alter table cs.playbooks enable trigger all");
        run("update cs.playbooks set name = 'Alarm' where name = 'Alert'");
    }

    #[pg_test]
    fn a_test_sends_messages_but_mail_to_the_caller_alone() {
        people();
        run(&insert(
            "null",
            &mail_to(r#"["contact:primary", "p@partner.test"]"#).replace(
                "}]",
                r#"}, {"kind": "slack", "url": "https://hooks.slack.test/x", "text": "{{account_name}}"}]"#,
            ),
        ));
        become_person("ada@one.test");
        run(
            "select cs.send_test_webhook(id, (select id from cs.accounts where name = 'First')) from cs.playbooks where name = 'Alert'",
        );
        run("reset role");
        assert_eq!(
            lines(QUEUED),
            [r#"email 1 Score – ["ada@one.test"] First"#, "slack 2 First"]
        );
        assert_eq!(number("select count(*) from cs.playbook_executions"), 0);
    }

    #[pg_test]
    fn the_server_of_mail_is_shown_to_superusers_only() {
        run("select current_setting('customer_success.smtp_url')");
        run("set local role cs_member");
        for hidden in ["smtp_url", "smtp_password_file"] {
            let why = fails_with(&format!(
                "select current_setting('customer_success.{hidden}')"
            ));
            assert!(why.starts_with("42501"), "{hidden}: {why}");
        }
        run("select current_setting('customer_success.email_from')");
        run("reset role");
    }
}
