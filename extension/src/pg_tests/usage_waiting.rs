//! What record_usage keeps of accounts that do not exist yet, and what becomes of it.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn ada() {
        run(WORLD);
        run("update cs.accounts set external_id = left(name, 1) || '-1'");
        become_person("ada@one.test");
        run("set local role cs_member");
    }

    fn told(rows: &str, options: &str) -> String {
        text(&format!(
            "select cs.record_usage('{rows}'::text, {options})::text"
        ))
        .unwrap()
    }

    fn keep(rows: &str) -> String {
        told(rows, "keep_unknown => true")
    }

    fn waiting() -> Vec<String> {
        lines(
            "select concat_ws(' ', external_id, metric_type, metric_value, event_id, reason) from cs.waiting_usage order by external_id, event_id",
        )
    }

    fn counted(external_id: &str) -> Vec<String> {
        lines(&format!(
            "select concat_ws(' ', used.metric_type, used.metric_value, used.metadata, used.recorded_at at time zone 'UTC', used.event_id)
             from cs.usage_metrics as used
             join cs.accounts as account on account.tenant_id = used.tenant_id and account.id = used.account_id
             where account.external_id = '{external_id}'
             order by used.recorded_at"
        ))
    }

    const TWO: &str = r#"[
        {"external_id": "N-1", "metric_type": "logins", "metric_value": 3.50, "metadata": {"seats": 9}, "event_id": "n1", "recorded_at": "2026-03-01T10:00:00Z"},
        {"external_id": "F-1", "metric_type": "logins", "metric_value": 1}
    ]"#;

    #[pg_test]
    fn it_waits_where_that_is_asked_for_and_is_refused_where_it_is_not() {
        ada();
        assert!(fails_with(&format!("select cs.record_usage('{TWO}'::text)")).starts_with("22023"));
        assert_eq!(
            told(TWO, "keep_good => true"),
            r#"{"inserted": 1, "rejected": [{"field": "external_id", "index": 0, "reason": "no such account"}], "duplicates": 0}"#
        );
        assert_eq!(
            keep(TWO),
            r#"{"kept": 1, "inserted": 1, "rejected": [], "duplicates": 0}"#
        );
        assert_eq!(waiting(), ["N-1 logins 3.50 n1"]);
        // By id there is nothing to wait for; and a faulty row does not wait.
        let rows = r#"[
            {"account_id": "0198f3a0-0000-7000-8000-000000000001", "metric_type": "logins", "metric_value": 1},
            {"external_id": "N-1", "metric_type": "logins", "metric_value": -1},
            {"external_id": "N-1", "metric_type": "logins", "metric_value": 1, "recorded_at": "1999-12-31T00:00:00Z"}
        ]"#;
        let answer = told(rows, "keep_unknown => true, keep_good => true");
        assert!(answer.contains(r#""kept": 0"#), "{answer}");
        assert_eq!(answer.matches("\"index\"").count(), 3, "{answer}");
        assert!(
            detail_of(&format!(
                "select cs.record_usage('{rows}'::text, keep_unknown => true)"
            ))
            .contains("no such account")
        );
    }

    #[pg_test]
    fn it_counts_by_whatever_door_the_account_comes() {
        for (id, door) in [
            (
                "I-1",
                "insert into cs.accounts (tenant_id, name, external_id) values (cs.current_tenant_id(), 'New', '$id')",
            ),
            (
                "I-2",
                "select cs.upsert_account('$id', '{\"name\": \"New\"}')",
            ),
            (
                "I-3",
                "select cs.import_accounts('[{\"name\": \"New\", \"external_id\": \"$id\"}]'::jsonb, dry_run => false)",
            ),
            (
                "I-4",
                "update cs.accounts set external_id = '$id' where external_id = 'F-1'",
            ),
            (
                "I-5",
                "select cs.update_account(id, '{\"external_id\": \"$id\"}') from cs.accounts where external_id = 'S-1'",
            ),
            // As names are compared everywhere: without what is invisible, in one form.
            (
                "I-6",
                "insert into cs.accounts (tenant_id, name, external_id) values (cs.current_tenant_id(), 'New', E' $id\\u200b')",
            ),
        ] {
            if id == "I-1" {
                ada();
            }
            let rows = format!(
                r#"[{{"external_id": " {id}", "metric_type": "logins", "metric_value": 3.50, "metadata": {{"seats": 9}}, "event_id": "{id}", "recorded_at": "2026-03-01T10:00:00Z"}},
                   {{"external_id": "other", "metric_type": "logins", "metric_value": 1, "event_id": "other"}}]"#
            );
            assert!(keep(&rows).contains(if id == "I-1" {
                r#""kept": 2"#
            } else {
                r#""kept": 1"#
            }));
            run(&door.replace("$id", id));
            assert_eq!(
                counted(id),
                [format!(
                    r#"logins 3.50 {{"seats": 9}} 2026-03-01 10:00:00 {id}"#
                )],
                "{door}"
            );
            assert_eq!(waiting(), ["other logins 1 other"], "{door}");
        }
    }

    #[pg_test]
    fn a_rehearsal_counts_nothing() {
        ada();
        keep(TWO);
        run(
            r#"select cs.import_accounts('[{"name": "New", "external_id": "N-1"}]'::jsonb, dry_run => true)"#,
        );
        assert_eq!(waiting(), ["N-1 logins 3.50 n1"]);
    }

    #[pg_test]
    fn an_event_counts_once_also_while_it_waits() {
        ada();
        keep(TWO);
        let again = |value: &str, id: &str| {
            format!(
                r#"[{{"external_id": "{id}", "metric_type": "logins", "metric_value": {value}, "metadata": {{"seats": 9}}, "event_id": "n1", "recorded_at": "2026-03-01T12:00:00+02:00"}}]"#
            )
        };
        assert_eq!(
            keep(&again("3.5", "N-1")),
            r#"{"kept": 0, "inserted": 0, "rejected": [], "duplicates": 1}"#
        );
        for other in [again("4", "N-1"), again("3.5", "N-2")] {
            let said = detail_of(&format!(
                "select cs.record_usage('{other}'::text, keep_unknown => true)"
            ));
            assert!(
                said.contains("was told before with other content"),
                "{said}"
            );
        }
        // Told of a known account: the one that waits says why it never counted.
        assert!(keep(&again("3.5", "F-1")).contains(r#""inserted": 1"#));
        let said = detail_of(&format!(
            "select cs.record_usage('{}'::text, keep_unknown => true)",
            again("3.5", "N-3")
        ));
        assert!(
            said.contains("was told before with other content"),
            "{said}"
        );
        run(
            "insert into cs.accounts (tenant_id, name, external_id) values (cs.current_tenant_id(), 'New', 'N-1')",
        );
        assert_eq!(
            waiting(),
            ["N-1 logins 3.50 n1 another event with its event_id has counted"]
        );
        assert!(counted("N-1").is_empty());
    }

    #[pg_test]
    fn it_ends_after_thirty_days_and_is_forgotten_after_thirty_more() {
        ada();
        keep(TWO);
        run("reset role");
        let age = |days: i32| {
            run(&format!(
                "update cs.unknown_usage set kept_at = now() - {days} * interval '1 day', ended_at = ended_at - interval '31 days'"
            ));
            crate::usage::tidy_waiting().unwrap();
        };
        age(29);
        assert_eq!(waiting(), ["N-1 logins 3.50 n1"]);
        age(31);
        assert_eq!(
            waiting(),
            ["N-1 logins 3.50 n1 no account had its external_id within 30 days"]
        );
        // It may be told again, and waits anew.
        become_person("ada@one.test");
        run("set local role cs_member");
        assert!(keep(TWO).contains(r#""kept": 1"#));
        assert_eq!(waiting().len(), 2);
        run("reset role");
        run(
            "update cs.unknown_usage set ended_at = now() - interval '31 days' where ended_at is not null",
        );
        crate::usage::tidy_waiting().unwrap();
        assert_eq!(waiting(), ["N-1 logins 3.50 n1"]);
    }

    #[pg_test]
    fn what_came_at_the_same_time_as_its_account_counts_a_little_later() {
        ada();
        keep(TWO);
        run("reset role");
        run("set local session_replication_role = replica");
        run("insert into cs.accounts (tenant_id, name, external_id, current_stage, hierarchy_path)
             select tenant_id, 'New', 'N-1', current_stage, 'x' from cs.accounts where external_id = 'F-1'");
        run("reset session_replication_role");
        assert_eq!(waiting().len(), 1);
        crate::usage::tidy_waiting().unwrap();
        assert!(waiting().is_empty());
        assert_eq!(counted("N-1").len(), 1);
    }

    #[pg_test]
    fn another_tenant_neither_sees_it_nor_takes_it() {
        ada();
        keep(TWO);
        run("reset role");
        run("update cs.profiles set role = 'Tenant Admin' where full_name = 'Ben'");
        become_person("ben@two.test");
        run("set local role cs_member");
        assert!(waiting().is_empty());
        run(
            "insert into cs.accounts (tenant_id, name, external_id) values (cs.current_tenant_id(), 'New', 'N-1')",
        );
        assert!(counted("N-1").is_empty());
        // Its own event of that name is another.
        assert!(keep(r#"[{"external_id": "N-9", "metric_type": "logins", "metric_value": 1, "event_id": "n1"}]"#).contains(r#""kept": 1"#));
        assert!(fails_with("delete from cs.unknown_usage").starts_with("42501"));
        run("reset role");
        assert_eq!(number("select count(*) from cs.unknown_usage"), 2);
        for role in ["Viewer", "Contributor"] {
            run(&format!(
                "update cs.profiles set role = '{role}' where full_name = 'Ben'"
            ));
            run("set local role cs_member");
            assert!(waiting().is_empty(), "{role}");
            assert!(
                fails_with(&format!(
                    "select cs.record_usage('{TWO}'::text, keep_unknown => true)"
                ))
                .starts_with("42501")
            );
            run("reset role");
        }
    }

    #[pg_test]
    fn so_many_may_wait() {
        ada();
        run("reset role");
        run("insert into cs.unknown_usage (tenant_id, id, external_id, metric_type, metric_value, metadata, recorded_at)
             select tenant.id, cs.uuid_v7(), 'X', 'logins', 1, '{}', now()
             from cs.tenants as tenant, generate_series(1, 99999) where tenant.slug = 'one'");
        run("set local role cs_member");
        let rows = r#"[{"external_id": "N-1", "metric_type": "logins", "metric_value": 1}, {"external_id": "N-2", "metric_type": "logins", "metric_value": 1}]"#;
        let answer = told(rows, "keep_unknown => true, keep_good => true");
        assert!(
            answer.contains(r#""kept": 1"#) && answer.contains(r#""index": 1"#),
            "{answer}"
        );
        assert!(
            answer.contains("100,000 rows wait for theirs already"),
            "{answer}"
        );
    }
}
