//! What other systems tell of accounts: rows that cannot be held, moments, look-alikes, empty cells.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{call_as, import, staffed_world};
    use crate::pg_tests::{detail_of, fails_with, lines, run, text};
    use pgrx::prelude::*;
    use serde_json::Value;

    /// Calls a function with rows told as text.
    fn told(call: &str, rows: &str) -> Value {
        let rows = rows.replace('\'', "''");
        let query = call.replace("$rows", &format!("'{rows}'::text"));
        serde_json::from_str(&text(&format!("select ({query})::text")).unwrap()).unwrap()
    }

    fn rejected(answer: &Value) -> Vec<String> {
        let rejected = answer["rejected"].as_array().unwrap().iter();
        let place = |it: &Value| format!("{} {}", it["index"], it["field"].as_str().unwrap());
        rejected.map(place).collect()
    }

    #[pg_test]
    fn a_row_that_cannot_be_held_is_one_row() {
        staffed_world();
        call_as("pia");
        let usage = r#"[
            {"external_id": "F-1", "metric_type": "logins", "metric_value": 1, "metadata": {"feature": "ok \ud83d\ude00"}},
            {"external_id": "F-1", "metric_type": "logins", "metric_value": 1, "metadata": {"feature": "a\u0000b"}},
            {"external_id": "F-1", "metric_type": "logins", "metric_value": 1, "metadata": {"feature": "Report \ud83d"}},
            {"external_id": "F-1", "metric_type": "logins", "metric_value": 1e131072},
            {"external_id": "F-1", "metric_type": "logins", "metric_value": 1, "metadata": {"x": [1e999999]}},
            {"external_id": "F\u00001", "metric_type": "logins", "metric_value": 1},
            {"external_id": "F-1", "metric_type": "logins", "metric_value": 1, "\ud800": 1},
            {"external_id": "F-1", "metric_type": "logins", "metric_value": 1e-20000},
            "\udfff"]"#;
        let kept = told("cs.record_usage($rows, keep_good => true)", usage);
        assert_eq!(kept["inserted"], 1, "{kept}");
        assert_eq!(
            rejected(&kept),
            [
                "1 metadata.feature",
                "2 metadata.feature",
                "3 metric_value",
                "4 metadata.x",
                "5 external_id",
                "6 rows",
                "7 metric_value",
                "8 rows"
            ]
        );
        let accounts = r#"[
            {"external_id": "T-1", "name": "Good"},
            {"external_id": "T-2", "name": "Half \ud83d"},
            {"external_id": "T-3", "name": "Bad", "crm_attributes": {"note": "a\u0000b"}},
            {"external_id": "T-4", "name": "Bad", "crm_attributes": {"arr": 1e200000}}]"#;
        let kept = told(
            "cs.import_accounts($rows, false, true, keep_good => true)",
            accounts,
        );
        assert_eq!(kept["inserted"], 1, "{kept}");
        assert_eq!(
            rejected(&kept),
            ["1 name", "2 crm_attributes.note", "3 crm_attributes.arr"]
        );
        let steps = r#"[{"external_id": "F-1", "arr": 10, "effective_from": "2026-01-01"},
            {"external_id": "\ud83d", "arr": 10, "effective_from": "2026-01-01"}]"#;
        let kept = told("cs.record_arr($rows, keep_good => true)", steps);
        assert_eq!(
            (kept["recorded"].as_i64(), rejected(&kept)),
            (Some(1), vec!["1 external_id".to_owned()])
        );
    }

    #[pg_test]
    fn text_and_jsonb_are_read_alike() {
        staffed_world();
        for rows in [
            r#"[{"external_id": 1e3, "name": "Thousand"}]"#,
            r#"[{"external_id": "X", "external_id": "Y", "name": "Last key"}]"#,
            r#"[ {"external_id" : "Z" , "n\u0061me" : "Escaped", "crm_attributes": {"arr": 1E2}} ]"#,
            r#"[{"external_id": "E", "name": ""}, [], 1, null]"#,
            "[]",
        ] {
            let both = ["text", "jsonb"].map(|kind| {
                call_as("pia");
                text(&format!(
                    "select cs.import_accounts('{rows}'::{kind}, true, true)::text"
                ))
            });
            assert_eq!(both[0], both[1], "{rows}");
        }
        call_as("pia");
        // A byte order mark is no part of a document.
        let marked = "select cs.import_accounts(e'\\ufeff[]')::text";
        assert!(text(marked).unwrap().contains("\"inserted\": 0"));
        for (rows, place) in [("[{]", "line 1, column 3"), ("[1,", "line 1, column 3")] {
            let call = format!("select cs.record_usage('{rows}'::text)");
            assert_eq!(
                fails_with(&call),
                "22023 rows must be a JSON array",
                "{place}"
            );
            assert_eq!(detail_of(&call), r#"22023 {"field":"rows"}"#);
        }
    }

    fn upsert(patch: &str, as_of: &str) -> Value {
        call_as("pia");
        let call = format!("select cs.upsert_account('M-1', '{patch}', as_of => {as_of})::text");
        serde_json::from_str(&text(&call).unwrap()).unwrap()
    }

    #[pg_test]
    fn what_is_older_than_what_is_known_changes_nothing_and_says_so() {
        staffed_world();
        let made = upsert(r#"{"name": "New"}"#, "now() - interval '5 days'");
        assert_eq!(
            (made["name"].as_str(), &made["stale"]),
            (Some("New"), &Value::Null)
        );
        // Whoever asks in the transaction that made it.
        assert_eq!(made["days_in_stage"], 0);
        let later = upsert(r#"{"name": "Later"}"#, "now() - interval '3 days'");
        assert_eq!(later["name"], "Later");
        let older = upsert(r#"{"name": "Older"}"#, "now() - interval '4 days'");
        assert_eq!(
            (&older["name"], &older["stale"]),
            (&"Later".into(), &true.into())
        );
        // Told again with the same content, the newer moment counts.
        upsert(r#"{"name": "Later"}"#, "now() - interval '1 day'");
        let between = upsert(r#"{"name": "Between"}"#, "now() - interval '2 days'");
        assert_eq!(
            (&between["name"], &between["stale"]),
            (&"Later".into(), &true.into())
        );
        // An import has the same memory.
        call_as("pia");
        let import_at = |at: &str, name: &str| {
            let row = format!(r#"[{{"external_id": "M-1", "name": "{name}", "as_of": "{at}"}}]"#);
            text(&import(&row, ", false")).unwrap()
        };
        let stale = import_at("2020-01-01", "Old");
        assert!(
            stale.contains(r#""stale": 1"#) && stale.contains(r#""updated": 0"#),
            "{stale}"
        );
        let of_several = r#"[{"external_id": "M-2", "name": "Made", "as_of": "2020-01-01"},
            {"external_id": "M-1", "name": "Old", "as_of": "2020-01-01"}, {"external_id": "M-1-x", "name": "Also made"}]"#;
        let several = text(&import(of_several, ", false")).unwrap();
        assert!(several.contains(r#""stale_rows": [1]"#), "{several}");
        // A change by hand counts as now.
        run(
            "reset role; update cs.accounts set name = 'By hand', updated_at = updated_at where external_id = 'M-1'",
        );
        let event = upsert(r#"{"name": "Event"}"#, "now() - interval '1 hour'");
        assert_eq!(
            (&event["name"], &event["stale"]),
            (&"By hand".into(), &true.into())
        );
        assert_eq!(upsert(r#"{"name": "Now"}"#, "now()")["name"], "Now");
        call_as("pia");
        assert_eq!(
            detail_of("select cs.upsert_account('M-1', '{}', now() + interval '2 days')"),
            r#"22023 {"field":"as_of"}"#
        );
        assert_eq!(
            detail_of("select cs.upsert_account('M-1', '{}', 'infinity')"),
            r#"22023 {"field":"as_of"}"#
        );
        let future = text(&import(
            r#"[{"external_id": "M-1", "as_of": "2100-01-01"}]"#,
            "",
        ))
        .unwrap();
        assert!(future.contains(r#""field": "as_of""#), "{future}");
    }

    #[pg_test]
    fn a_rehearsal_points_look_alikes_out() {
        staffed_world();
        call_as("pia");
        let rows = r#"[
            {"external_id": "f-1", "name": "Another"},
            {"external_id": "Q-1", "name": "FIRST"},
            {"external_id": "001D000000IqhSL", "name": "Salesforce"},
            {"external_id": "001D000000IqhSLIAZ", "name": "The same"},
            {"external_id": "F-1", "name": "First"},
            {"external_id": "Q-2", "name": "Nobody is like me"}]"#;
        let query = import(rows, "").replace("::text", "");
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', it ->> 'index', it ->> 'field', it ->> 'like')
                 from jsonb_array_elements(({query}) -> 'look_alikes') as it"
            )),
            [
                "0 external_id F-1",
                "1 name First",
                "3 external_id 001D000000IqhSL",
            ]
        );
        let real = text(&import(rows, ", false")).unwrap();
        assert!(!real.contains("look_alikes"), "{real}");
    }

    #[pg_test]
    fn an_empty_cell_clears() {
        staffed_world();
        call_as("pia");
        let full = r#"[{"external_id": "E-1", "name": "E", "csm": "pia@one.test", "parent_external_id": "F-1",
            "crm_attributes": {"arr": "250000", "industry": "Retail"}}]"#;
        assert!(
            text(&import(full, ", false"))
                .unwrap()
                .contains(r#""inserted": 1"#)
        );
        let empty = r#"[{"external_id": "E-1", "csm": "", "parent_external_id": " ", "as_of": "",
            "crm_attributes": {"arr": "", "industry": "  "}}]"#;
        let cleared = text(&import(empty, ", false")).unwrap();
        assert!(cleared.contains(r#""updated": 1"#), "{cleared}");
        assert_eq!(
            lines(
                "select concat_ws('|', name, csm_id, parent_id, crm_attributes) from cs.accounts where external_id = 'E-1'"
            ),
            ["E|{}"]
        );
    }
}
