//! What record_usage writes, refuses and answers.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    /// Ada of tenant one calls, under row security. First has the external id A-1.
    fn ada() {
        run(WORLD);
        run("update cs.accounts set external_id = left(name, 1) || '-1'");
        run(
            "create temp table ids on commit drop as select name, id from cs.accounts; grant select on ids to cs_member",
        );
        become_person("ada@one.test");
        run("set local role cs_member");
    }

    /// Rows of SQL as the argument, with keys as named there.
    fn call(rows: &str, keep_good: bool) -> String {
        format!(
            "select cs.record_usage((select jsonb_agg(to_jsonb(given)) from ({rows}) as given), {keep_good})"
        )
    }

    fn answer(rows: &str, keep_good: bool) -> String {
        text(&format!("{}::text", call(rows, keep_good))).unwrap()
    }

    /// The detail of the error that a statement ends with.
    fn detail(statement: &str) -> String {
        run(&format!(
            "do $do$ declare said text; begin
                execute $statement${statement}$statement$;
             exception when others then
                get stacked diagnostics said = pg_exception_detail;
                perform set_config('test.detail', said, true);
             end $do$"
        ));
        text("select current_setting('test.detail')").unwrap()
    }

    #[pg_test]
    fn rows_are_written_as_they_were_sent() {
        ada();
        let answered = text(
            r#"select cs.record_usage(jsonb_build_array(
                jsonb_build_object('account_id', id, 'metric_type', 'logins', 'metric_value', 123456789012345.10),
                '{"external_id": "S-1", "metric_type": "support_tickets", "metric_value": 0, "recorded_at": "2024-02-29T10:00:00.5+02:00",
                  "metadata": {"ticket_id": 7, "csat": 4.50}, "event_id": "e-1"}'::jsonb,
                '{"external_id": "F-1", "metric_type": "api_calls", "metric_value": 1e2, "recorded_at": "2024-02-29"}'::jsonb
             ))::text from pg_temp.ids where name = 'First'"#,
        );
        assert_eq!(
            answered.as_deref(),
            Some(r#"{"inserted": 3, "rejected": [], "duplicates": 0}"#)
        );
        run("set local time zone 'UTC'");
        assert_eq!(
            lines(
                "select concat_ws(' ', account.name, metric_type, metric_value, metadata, nullif(recorded_at, now()), event_id)
                 from cs.usage_metrics join cs.accounts as account on account.id = account_id order by 1"
            ),
            [
                "First api_calls 100 {} 2024-02-29 00:00:00+00",
                "First logins 123456789012345.10 {}",
                r#"Second support_tickets 0 {"csat": 4.50, "ticket_id": 7} 2024-02-29 08:00:00.5+00 e-1"#,
            ]
        );
    }

    #[pg_test]
    fn a_faulty_row_refuses_all_and_every_fault_is_said() {
        ada();
        let rows = "select 'F-1' as external_id, kind as metric_type, amount as metric_value
                    from (values ('logins', 1), ('clicks', 2), ('logins', -3)) as it (kind, amount)";
        let statement = call(rows, false);
        assert_eq!(fails_with(&statement), "22023 2 of 3 rows are faulty");
        assert_eq!(
            detail(&statement),
            r#"{"rejected":[{"field":"metric_type","index":1,"reason":"must be logins, feature_usage, api_calls or support_tickets"},{"field":"metric_value","index":2,"reason":"must be a number of at least 0"}]}"#
        );
        assert_eq!(number("select count(*) from cs.usage_metrics"), 0);
        assert_eq!(
            answer(rows, true),
            r#"{"inserted": 1, "rejected": [{"field": "metric_type", "index": 1, "reason": "must be logins, feature_usage, api_calls or support_tickets"}, {"field": "metric_value", "index": 2, "reason": "must be a number of at least 0"}], "duplicates": 0}"#
        );
        assert_eq!(
            number("select sum(metric_value)::int8 from cs.usage_metrics"),
            1
        );
    }

    #[pg_test]
    fn a_long_list_of_faults_is_cut_in_the_error_alone() {
        ada();
        let rows = "select 'nobody' as external_id, 'logins' as metric_type, 1 as metric_value, '' as event_id
                    from generate_series(1, 60)";
        let statement = call(rows, false);
        assert_eq!(fails_with(&statement), "22023 60 of 60 rows are faulty");
        let said = detail(&statement);
        assert!(said.starts_with(r#"{"more":20,"rejected":[{"#), "{said}");
        assert_eq!(said.matches("index").count(), 100);
        assert_eq!(answer(rows, true).matches("index").count(), 120);
    }

    #[pg_test]
    fn sending_twice_counts_once() {
        ada();
        let batch = |events: &str| {
            answer(
                &format!(
                    "select 'F-1' as external_id, 'logins' as metric_type, coalesce(ascii(event), place) as metric_value, event as event_id
                     from unnest({events}) with ordinality as it (event, place)"
                ),
                false,
            )
        };
        assert_eq!(
            batch("array['b', 'a', 'b', null, null]"),
            r#"{"inserted": 4, "rejected": [], "duplicates": 1}"#
        );
        assert_eq!(
            batch("array['c', 'b', 'a']"),
            r#"{"inserted": 1, "rejected": [], "duplicates": 2}"#
        );
        assert_eq!(
            lines(
                "select event_id || metric_value from cs.usage_metrics where event_id is not null order by 1"
            ),
            ["a97", "b98", "c99"]
        );
        run("reset role");
        run("insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Zoe', 'Practitioner' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'two' and person.email = 'ada@one.test'");
        run(
            "select set_config('app.current_tenant_id', (select id::text from cs.tenants where slug = 'two'), true)",
        );
        run("set local role cs_member");
        assert_eq!(
            answer(
                "select 'O-1' as external_id, 'logins' as metric_type, 1 as metric_value, 'a' as event_id",
                false
            ),
            r#"{"inserted": 1, "rejected": [], "duplicates": 0}"#
        );
    }

    #[pg_test]
    fn another_fact_under_a_used_event_is_no_duplicate() {
        ada();
        let one = |account: &str, kind: &str, value: &str, more: &str| {
            format!(
                "select '{account}' as external_id, '{kind}' as metric_type, {value} as metric_value, 'day-1' as event_id,
                    '2026-01-02T03:04:05Z' as recorded_at, '{{\"user_id\": \"u\"{more}}}'::jsonb as metadata"
            )
        };
        let first = one("F-1", "logins", "4", "");
        assert!(answer(&first, false).contains(r#""inserted": 1"#));
        for same in [first.clone(), one("F-1", "logins", "4.00", "")] {
            assert!(
                answer(&same, false).contains(r#""duplicates": 1"#),
                "{same}"
            );
        }
        let reason = "was told before with other content: give each event an id of its own";
        for other in [
            one("F-1", "logins", "5", ""),
            one("F-1", "api_calls", "4", ""),
            one("F-1", "logins", "4", ", \"feature\": \"x\""),
            first.replace("03:04:05", "03:04:06"),
        ] {
            assert_eq!(
                fails_with(&call(&other, false)),
                "22023 1 of 1 row is faulty"
            );
            let expected = format!(
                r#"{{"inserted": 0, "rejected": [{{"field": "event_id", "index": 0, "reason": "{reason}"}}], "duplicates": 0}}"#
            );
            assert_eq!(answer(&other, true), expected);
        }
        // In one call, too, and what is good beside it is kept.
        let two = "select 'F-1' as external_id, 'logins' as metric_type, value as metric_value, event as event_id
                   from (values ('x', 1), ('x', 2), ('y', 3)) as it (event, value)";
        let said = answer(two, true);
        assert!(
            said.contains(r#""inserted": 2"#) && said.contains(r#""index": 1"#),
            "{said}"
        );
        // Without a moment of its own it is the one that was told before.
        let bare = first.replace(
            "'2026-01-02T03:04:05Z' as recorded_at",
            "null as recorded_at",
        );
        assert!(answer(&bare, false).contains(r#""duplicates": 1"#));
    }

    #[pg_test]
    fn a_faulty_row_does_not_take_its_event() {
        ada();
        let rows = "select 'F-1' as external_id, 'logins' as metric_type, amount as metric_value, 'e' as event_id
                    from (values (-1), (2)) as it (amount)";
        assert!(answer(rows, true).contains(r#""inserted": 1"#));
        assert_eq!(number("select metric_value::int8 from cs.usage_metrics"), 2);
    }

    #[pg_test]
    fn an_account_of_another_tenant_is_as_if_it_did_not_exist() {
        ada();
        for account in [
            "(select id from pg_temp.ids where name = 'Other') as account_id",
            "gen_random_uuid() as account_id",
            "'O-1' as external_id",
            "'X-1' as external_id",
        ] {
            let rows = format!("select {account}, 'logins' as metric_type, 1 as metric_value");
            let field = account.rsplit(' ').next().unwrap();
            assert_eq!(
                detail(&call(&rows, false)),
                format!(
                    r#"{{"rejected":[{{"field":"{field}","index":0,"reason":"no such account"}}]}}"#
                ),
                "{account}"
            );
        }
        run("reset role");
        assert_eq!(number("select count(*) from cs.usage_metrics"), 0);
    }

    #[pg_test]
    fn only_who_may_record_usage_does() {
        ada();
        run("reset role");
        for role in ["Viewer", "Contributor", "Practitioner"] {
            run(&format!(
                "update cs.profiles set role = '{role}' where full_name = 'Ada'"
            ));
            run("set local role cs_member");
            let expected = if role == "Practitioner" {
                "22023 rows must be a JSON array"
            } else {
                "42501 your role may not record usage or refresh health scores"
            };
            assert_eq!(
                fails_with("select cs.record_usage('{}')"),
                expected,
                "{role}"
            );
            run("reset role");
        }
        run("select set_config('app.current_user_id', '', true)");
        run("set local role cs_member");
        assert!(fails_with("select cs.record_usage('[]')").starts_with("42501"));
    }

    #[pg_test]
    fn what_is_no_array_of_objects_is_refused() {
        ada();
        for other in ["{}", "1", "\"[]\"", "null"] {
            assert_eq!(
                fails_with(&format!("select cs.record_usage('{other}')")),
                "22023 rows must be a JSON array",
                "{other}"
            );
        }
        assert_eq!(
            detail("select cs.record_usage('[[]]')"),
            r#"{"rejected":[{"field":"rows","index":0,"reason":"must be an array of objects"}]}"#
        );
        assert_eq!(
            fails_with("select cs.record_usage('[1]')"),
            "22023 1 of 1 row is faulty"
        );
        assert_eq!(
            text("select cs.record_usage('[]')::text").as_deref(),
            Some(r#"{"inserted": 0, "rejected": [], "duplicates": 0}"#)
        );
    }

    #[pg_test]
    fn a_superuser_names_accounts_of_several_tenants_by_id() {
        ada();
        run("reset role");
        run("select set_config('app.current_user_id', '', true)");
        let rows = "select id as account_id, 'logins' as metric_type, 1 as metric_value, 'e' as event_id from pg_temp.ids where name <> 'Second'";
        assert_eq!(
            answer(rows, false),
            r#"{"inserted": 2, "rejected": [], "duplicates": 0}"#
        );
        assert_eq!(
            lines(
                "select tenant.slug from cs.usage_metrics as usage join cs.tenants as tenant on tenant.id = usage.tenant_id
                 join cs.accounts as account on account.tenant_id = tenant.id and account.id = usage.account_id order by 1"
            ),
            ["one", "two"]
        );
        let by_name = "select 'F-1' as external_id, 'logins' as metric_type, 1 as metric_value";
        assert!(detail(&call(by_name, false)).contains("needs a current tenant"));
    }
}
