//! Accounts from another system: parents first, all faults reported at once.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{call_as, import, milestone, staffed_world, traces};
    use crate::pg_tests::{detail_of, fails_with, lines, text};
    use pgrx::prelude::*;

    const ROWS: &str = r#"[
        {"external_id": "C", "name": "Child", "parent_external_id": "P", "csm": "PIA@one.test", "crm_attributes": {"arr": 7.50}},
        {"external_id": "F-1", "parent_external_id": "C", "csm": null, "status": "Paused"},
        {"external_id": "P", "name": "Parent", "current_stage": "Adoption"},
        {"external_id": "S-1", "name": "Second"}
    ]"#;

    #[pg_test]
    fn an_import_adds_and_changes_parents_first() {
        staffed_world();
        let before = traces();
        call_as("pia");
        let expected = r#"{"updated": 1, "inserted": 2, "rejected": [], "unchanged": 1}"#;
        assert_eq!(text(&import(ROWS, "")).as_deref(), Some(expected));
        assert_eq!(traces(), before, "a dry run leaves nothing");
        call_as("pia");
        assert_eq!(text(&import(ROWS, ", false")).as_deref(), Some(expected));
        assert_eq!(
            lines(
                "select concat_ws(' ', name, parent_name, hierarchy_level, csm_name, status, current_stage, arr, version)
                 from cs.account_overview order by name"
            ),
            [
                "Child Parent 1 Pia Active Onboarding 7.50 1",
                "First Child 2 Paused Onboarding 4",
                "Parent 0 Active Adoption 1",
                "Second 0 Active Onboarding 2"
            ]
        );
        let before = traces();
        call_as("pia");
        assert_eq!(
            text(&import(ROWS, ", false")).as_deref(),
            Some(r#"{"updated": 0, "inserted": 0, "rejected": [], "unchanged": 4}"#)
        );
        assert_eq!(traces(), before, "the same again writes nothing");
    }

    const FAULTY: &str = r#"[
        {"external_id": "A", "name": "A", "parent_external_id": "B"},
        {"external_id": "B", "name": "B", "parent_external_id": "A"},
        {"external_id": "D", "name": "D", "parent_external_id": "O-1"},
        {"external_id": "E"},
        {"external_id": "F-1", "csm": "ben@two.test"},
        {"external_id": "G", "name": "G", "current_stage": "Nowhere"},
        {"external_id": "H", "name": "H", "parent_external_id": "G"},
        {"external_id": "I", "name": "I", "crm_attributes": {"colour": "red", "seats": 1}},
        {"external_id": "S-1", "current_stage": "Adoption"},
        {"external_id": "S-1", "name": "Twice"},
        {"external_id": "K", "name": "K"}
    ]"#;

    #[pg_test]
    fn an_import_reports_all_faults_and_writes_nothing() {
        staffed_world();
        milestone();
        let before = traces();
        call_as("pia");
        let rejected = format!(
            "select concat_ws(' ', it ->> 'index', it ->> 'field') from jsonb_array_elements(
                cs.import_accounts('{FAULTY}') -> 'rejected') as it"
        );
        assert_eq!(
            lines(&rejected),
            [
                "0 parent_external_id",
                "1 parent_external_id",
                "2 parent_external_id",
                "3 name",
                "4 csm",
                "5 current_stage",
                "6 parent_external_id",
                "7 crm_attributes.colour",
                "8 external_id",
                "9 external_id"
            ]
        );
        assert_eq!(
            fails_with(&import(FAULTY, ", false")),
            "22023 10 of 11 rows are faulty"
        );
        assert!(
            detail_of(&import(FAULTY, ", false"))
                .starts_with("22023 {\"rejected\":[{\"field\":\"parent_external_id\",\"index\":0")
        );
        assert_eq!(traces(), before);
        call_as("pia");
        let kept = text(&import(FAULTY, ", false, true, true")).unwrap();
        assert!(
            kept.starts_with(r#"{"updated": 0, "inserted": 2, "rejected": [{"#),
            "{kept}"
        );
        assert_eq!(
            lines("select name from cs.accounts where external_id is not null order by 1"),
            ["First", "I", "K", "Second"]
        );
        for rows in ["{}", "3", "null"] {
            assert_eq!(
                detail_of(&import(rows, "")),
                r#"22023 {"field":"rows"}"#,
                "{rows}"
            );
        }
    }
}
