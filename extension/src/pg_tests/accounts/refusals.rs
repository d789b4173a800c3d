//! Who may not change accounts, and what is refused however it comes.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{bulk, call_as, id, import, staffed_world, traces, update};
    use crate::pg_tests::{detail_of, fails_with, run};
    use pgrx::prelude::*;

    #[pg_test]
    fn each_role_may_do_what_its_rights_say() {
        staffed_world();
        let before = traces();
        let (edit, go) = (r#"{"name": "X"}"#, r#"{"current_stage": "Adoption"}"#);
        for (nick, account, patch, expected) in [
            (
                "vic",
                "First",
                edit,
                "42501 your role may not edit or share accounts",
            ),
            (
                "vic",
                "First",
                go,
                "42501 your role may not move accounts to another stage, or complete milestones",
            ),
            (
                "cleo",
                "First",
                edit,
                "42501 your role may not edit or share accounts",
            ),
            (
                "cleo",
                "First",
                r#"{"current_stage": "Adoption", "status": "Paused"}"#,
                "42501 your role may not edit or share accounts",
            ),
            ("cleo", "Second", go, "P0002 no such account"),
            ("cleo", "Other", go, "P0002 no such account"),
            ("cleo", "nobody", go, "P0002 no such account"),
            ("pia", "Other", edit, "P0002 no such account"),
            ("pia", "nobody", edit, "P0002 no such account"),
        ] {
            call_as(nick);
            assert_eq!(
                fails_with(&update(account, patch)),
                expected,
                "{nick} {account} {patch}"
            );
        }
        for nick in ["vic", "cleo"] {
            call_as(nick);
            for call in [
                "select cs.upsert_account('F-1', '{\"name\": \"X\"}')",
                "select cs.upsert_account('new', '{\"name\": \"X\"}')",
                "select cs.import_accounts('[]')",
                "select cs.bulk_update_accounts('{\"all\": []}', '{\"name\": \"X\"}')",
            ] {
                assert!(
                    fails_with(call).starts_with("42501 your role may not"),
                    "{nick} {call}"
                );
            }
        }
        call_as("vic");
        assert!(fails_with(&bulk(go, true)).starts_with("42501"));
        assert_eq!(traces(), before);
        call_as("cleo");
        run(&update("First", go));
        call_as("pia");
        run(&update("First", edit));
    }

    #[pg_test]
    fn a_faulty_patch_is_refused_with_its_field() {
        staffed_world();
        let before = traces();
        for (patch, field) in [
            (r#"{"nam": "X"}"#, "nam"),
            (r#"{"version": 3}"#, "version"),
            ("[]", "patch"),
            (
                r#"{"name": "X", "current_stage": "Nowhere"}"#,
                "current_stage",
            ),
            (
                r#"{"name": "X", "status": "Churned", "current_stage": "Adoption"}"#,
                "status",
            ),
            (
                r#"{"name": "X", "parent_id": "00000000-0000-7000-8000-000000000000"}"#,
                "parent_id",
            ),
        ] {
            call_as("pia");
            let call = update("First", patch);
            assert_eq!(
                detail_of(&call),
                format!("22023 {{\"field\":\"{field}\"}}"),
                "{patch}"
            );
        }
        call_as("pia");
        assert!(
            fails_with(&format!("select cs.update_account({}, null)", id("First")))
                .starts_with("22023")
        );
        assert_eq!(
            fails_with("select cs.update_account(null, '{}')"),
            "P0002 no such account"
        );
        assert_eq!(
            fails_with(&update("First", r#"{"external_id": "S-1"}"#)),
            "23505 the external_id \"S-1\" belongs to another account"
        );
        let foreign_parent = format!(
            "select cs.update_account({}, jsonb_build_object('parent_id', {}))",
            id("First"),
            id("Other")
        );
        assert_eq!(
            fails_with(&foreign_parent),
            "22023 there is no such parent account in this tenant"
        );
        // The same external id may exist in another tenant.
        assert_eq!(
            fails_with(&update(
                "First",
                r#"{"external_id": "F-1", "name": "First"}"#
            )),
            "nothing"
        );
        assert_eq!(traces(), before);
    }

    /// Values that no column could hold, as JSON, and the key each is given to.
    const NONSENSE: [(&str, &str); 13] = [
        ("arr", "-1"),
        ("arr", "-0.01"),
        ("arr", "\"12 k\""),
        ("seats", "\"a few\""),
        ("seats", "true"),
        ("arr", "\"NaN\""),
        ("arr", "true"),
        ("arr", "1e400"),
        ("contract_end_date", "\"2027-02-30\""),
        ("contract_end_date", "\"10000-01-01\""),
        ("contract_end_date", "\"0000-01-01\""),
        ("contract_end_date", "20270131"),
        ("seats", "1e400"),
    ];

    #[pg_test]
    fn nonsense_is_refused_by_every_call() {
        staffed_world();
        let before = traces();
        for (key, value) in NONSENSE {
            let patch = format!(r#"{{"name": "X", "crm_attributes": {{"{key}": {value}}}}}"#);
            let field = format!("crm_attributes.{key}");
            let expected = format!("22023 {{\"field\":\"{field}\"}}");
            call_as("pia");
            assert_eq!(detail_of(&update("First", &patch)), expected, "{value}");
            assert_eq!(
                detail_of(&format!("select cs.upsert_account('F-1', '{patch}')")),
                expected
            );
            assert_eq!(
                detail_of(&format!("select cs.upsert_account('new', '{patch}')")),
                expected
            );
            assert_eq!(detail_of(&bulk(&patch, false)), expected);
            assert_eq!(
                detail_of(&format!(
                    "update cs.accounts set crm_attributes = '{{\"{key}\": {value}}}'"
                )),
                expected
            );
            for external_id in ["F-1", "new"] {
                let rows = format!(
                    r#"[{{"external_id": "{external_id}", "name": "X", "crm_attributes": {{"{key}": {value}}}}}]"#
                );
                let message = detail_of(&import(&rows, ", false"));
                assert!(
                    message.contains(&format!("\"field\":\"{field}\",\"index\":0")),
                    "{message}"
                );
            }
            let message = fails_with(&update("First", &patch));
            assert!(
                message.starts_with(&format!("22023 crm_attributes.{key} ")) && message.len() < 220,
                "{message}"
            );
        }
        assert_eq!(traces(), before);
    }
}
