//! The ARR of the past, told afterwards.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn world() {
        run(WORLD);
        run(
            "update cs.tenants set settings = '{\"time_zone\": \"America/Los_Angeles\"}' where slug = 'one'",
        );
        run("update cs.accounts set external_id = 'F-1' where name = 'First'");
        become_person("ada@one.test");
        run("set local role cs_member");
    }

    fn told(rows: &str) -> String {
        let answer = text(&format!("select cs.record_arr('{rows}', true)::text"));
        answer.unwrap_or_default()
    }

    /// Day, in the tenant's zone, and ARR of each step of First.
    fn steps() -> Vec<String> {
        run("reset role");
        let steps = lines(
            "select to_char(cs.local_day(tenant.settings, history.valid_from), 'YYYY-MM-DD') || ' ' || trim_scale(history.arr)
                || case when history.valid_until is null then ' open' else '' end
             from cs.arr_history as history
             join cs.accounts as account on account.id = history.account_id and account.name = 'First'
             join cs.tenants as tenant on tenant.id = history.tenant_id
             order by history.valid_from, history.valid_until",
        );
        assert_eq!(
            number(
                "select count(*) from (
                    select valid_from, lag(valid_until) over (partition by account_id order by valid_from) as ended,
                        row_number() over (partition by account_id order by valid_from) as place
                    from cs.arr_history
                 ) as it where place > 1 and ended is distinct from valid_from"
            ),
            0,
            "gaps"
        );
        run("set local role cs_member");
        steps
    }

    fn present() -> Option<String> {
        text("select crm_attributes ->> 'arr' from cs.accounts where name = 'First'")
    }

    #[pg_test]
    fn what_was_paid_long_ago_is_part_of_the_history() {
        world();
        let rows = r#"[{"external_id": "F-1", "arr": 120000, "effective_from": "2025-06-01"},
            {"external_id": " F-1", "mrr": "8333.25", "effective_from": "2024-03-31T23:00:00"}]"#;
        assert_eq!(told(rows), r#"{"recorded": 2, "rejected": []}"#);
        assert_eq!(steps(), ["2024-03-31 99999", "2025-06-01 120000 open"]);
        assert_eq!(present().as_deref(), Some("120000"));
        // Told again it is the same; the same day replaces; what changes nothing is no step.
        told(rows);
        told(
            r#"[{"external_id": "F-1", "arr": 110000, "effective_from": "2024-03-31"},
            {"external_id": "F-1", "arr": 110000, "effective_from": "2024-12-24"}]"#,
        );
        assert_eq!(steps(), ["2024-03-31 110000", "2025-06-01 120000 open"]);
        let retained = "select concat_ws(' ', start_arr, end_arr, round(nrr, 4))
            from cs.retention_between('2025-01-01', '2026-01-01')";
        assert_eq!(text(retained).as_deref(), Some("110000 120000 1.0909"));
        // Afterwards it goes on as ever.
        run(
            "update cs.accounts set crm_attributes = crm_attributes || '{\"arr\": 130000}' where name = 'First'",
        );
        assert_eq!(steps().len(), 3);
        assert_eq!(present().as_deref(), Some("130000"));
    }

    #[pg_test]
    fn the_last_step_is_the_present_arr_whoever_told_it() {
        world();
        run(
            "update cs.accounts set crm_attributes = '{\"arr\": 500, \"plan\": \"x\"}' where name = 'First'",
        );
        told(r#"[{"external_id": "F-1", "arr": 400, "effective_from": "2025-01-01"}]"#);
        let today =
            text("select to_char(now() at time zone 'America/Los_Angeles', 'YYYY-MM-DD')").unwrap();
        assert_eq!(
            steps(),
            ["2025-01-01 400".to_owned(), format!("{today} 500 open")]
        );
        assert_eq!(present().as_deref(), Some("500"));
        told(&format!(
            r#"[{{"external_id": "F-1", "arr": 0, "effective_from": "{today}"}}]"#
        ));
        assert_eq!(
            steps(),
            ["2025-01-01 400".to_owned(), format!("{today} 0 open")]
        );
        assert_eq!(
            text("select crm_attributes::text from cs.accounts where name = 'First'").as_deref(),
            Some(r#"{"arr": 0, "plan": "x"}"#)
        );
    }

    #[pg_test]
    fn a_lost_customer_pays_nothing_since() {
        world();
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        let answer =
            told(r#"[{"external_id": "F-1", "arr": 100, "effective_from": "2025-01-01"}]"#);
        assert_eq!(answer, r#"{"recorded": 1, "rejected": []}"#);
        let chain = steps();
        assert_eq!(chain[0], "2025-01-01 100");
        assert!(chain[1].ends_with(" 0 open"), "{chain:?}");
        assert_eq!(present(), None);
    }

    #[pg_test]
    fn each_row_is_refused_by_itself() {
        world();
        let rows = r#"[{"external_id": "F-1", "arr": 5, "effective_from": "2025-01-01"},
            {"external_id": "nobody", "arr": 5, "effective_from": "2025-01-01"},
            {"external_id": "F-1", "arr": 5, "effective_from": "2999-01-01"},
            {"external_id": "F-1", "arr": "5 EUR", "effective_from": "2025-01-01"}, 7,
            {"external_id": "F-1", "arr": 5, "effective_from": "0202-01-01"}]"#;
        let statement = format!("select cs.record_arr('{rows}')");
        assert_eq!(fails_with(&statement), "22023 5 of 6 rows are faulty");
        assert!(detail_of(&statement).contains(r#""field":"effective_from","index":2"#));
        assert_eq!(steps().len(), 1);
        let answer = told(rows);
        assert!(
            answer
                .starts_with(r#"{"recorded": 1, "rejected": [{"field": "external_id", "index": 1"#),
            "{answer}"
        );
        assert_eq!(steps(), ["2025-01-01 5 open"]);
        assert_eq!(
            fails_with("select cs.record_arr('{}')"),
            "22023 rows must be a JSON array"
        );
        assert_eq!(told("[]"), r#"{"recorded": 0, "rejected": []}"#);
    }

    #[pg_test]
    fn who_may_not_edit_an_account_tells_nothing_of_it() {
        world();
        run("reset role");
        run("update cs.profiles set role = 'Contributor' where full_name = 'Ada'");
        become_person("ada@one.test");
        run("set local role cs_member");
        let row = r#"[{"external_id": "F-1", "arr": 5, "effective_from": "2025-01-01"}]"#;
        assert!(fails_with(&format!("select cs.record_arr('{row}')")).starts_with("42501"));
        run("reset role");
        run("update cs.profiles set role = 'Viewer' where full_name = 'Ada'");
        become_person("ada@one.test");
        run("set local role cs_member");
        assert!(fails_with(&format!("select cs.record_arr('{row}')")).starts_with("42501"));
        run("reset role");
        run("update cs.profiles set role = 'Practitioner' where full_name = 'Ben'");
        become_person("ben@two.test");
        run("set local role cs_member");
        assert!(told(row).contains("no such account"));
    }
}
