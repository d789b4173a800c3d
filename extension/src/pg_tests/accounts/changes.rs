//! One account by a patch or by its external id: what changes, what does not, who saw an older version.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{call_as, id, staffed_world, traces, update};
    use crate::pg_tests::{detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn a_patch_changes_what_it_names_and_answers_with_the_account() {
        staffed_world();
        call_as("pia");
        run(&update(
            "First",
            r#"{"crm_attributes": {"arr": 123456789012345.10, "plan": {"tier": "a", "seats": 3}}}"#,
        ));
        let patch = r#"{"name": "Erste", "csm_id": null, "status": "Paused", "current_stage": "Adoption",
            "crm_attributes": {"plan": {"tier": null}, "industry": "Steel"}}"#;
        let answer = format!(
            "select concat_ws(' ', it ->> 'name', it ->> 'external_id', it ->> 'csm_id', it ->> 'status', it ->> 'current_stage',
                it ->> 'industry', it ->> 'version')
             from cs.update_account({}, '{patch}') as it",
            id("First")
        );
        assert_eq!(
            text(&answer).as_deref(),
            Some("Erste F-1 Paused Adoption Steel 5")
        );
        assert_eq!(
            lines("select crm_attributes::text from cs.accounts where name = 'Erste'"),
            [r#"{"arr": 123456789012345.10, "plan": {"seats": 3}, "industry": "Steel"}"#],
            "every digit is kept"
        );
        run(&update(
            "First",
            r#"{"external_id": null, "crm_attributes": null}"#,
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', name, external_id, crm_attributes) from cs.accounts where name = 'Erste'"
            ),
            ["Erste {}"]
        );
    }

    #[pg_test]
    fn a_change_of_nothing_writes_nothing() {
        staffed_world();
        call_as("pia");
        run(&update(
            "First",
            r#"{"crm_attributes": {"arr": 10, "a": {"b": 1}}}"#,
        ));
        let before = traces();
        for patch in [
            "{}",
            r#"{"name": "First", "csm_id": "CLEO@one.test", "status": "Active", "current_stage": "Onboarding", "parent_id": null}"#,
            r#"{"crm_attributes": {"arr": 10.00, "a": {"b": 1, "c": null}, "z": null}}"#,
            r#"{"crm_attributes": {}, "external_id": "F-1"}"#,
        ] {
            call_as("pia");
            run(&update("First", patch));
            assert_eq!(traces(), before, "{patch}");
        }
    }

    #[pg_test]
    fn a_csm_is_an_active_member_by_id_or_address() {
        staffed_world();
        call_as("ada");
        run(&update("First", r#"{"csm_id": "pia@ONE.test"}"#));
        assert_eq!(
            text("select csm_name from cs.account_overview where name = 'First'").as_deref(),
            Some("Pia")
        );
        run(&format!(
            "select cs.update_account({}, jsonb_build_object('csm_id', {}))",
            id("Second"),
            id("pia")
        ));
        for stranger in ["ben", "nobody"] {
            let call = format!(
                "select cs.update_account({}, jsonb_build_object('csm_id', {}))",
                id("First"),
                id(stranger)
            );
            assert_eq!(
                fails_with(&call),
                "22023 csm_id is not an active member of this tenant",
                "{stranger}"
            );
            assert_eq!(detail_of(&call), r#"22023 {"field":"csm_id"}"#);
        }
        for (given, message) in [
            (
                "ben@two.test",
                "csm_id is not an active member of this tenant",
            ),
            (
                "Pia",
                "csm_id must be the id or e-mail address of a member, or null",
            ),
        ] {
            let call = update("First", &format!(r#"{{"csm_id": "{given}"}}"#));
            assert_eq!(fails_with(&call), format!("22023 {message}"));
        }
        run("reset role; update cs.profiles set is_active = false where full_name = 'Cleo'");
        call_as("ada");
        assert!(
            fails_with(&update("First", r#"{"csm_id": "cleo@one.test"}"#)).starts_with("22023")
        );
    }

    #[pg_test]
    fn a_caller_with_an_older_version_gets_both_values() {
        staffed_world();
        run(
            "update cs.accounts set crm_attributes = '{\"arr\": 1, \"seats\": 5, \"plan\": \"a\"}' where name = 'First'",
        );
        call_as("pia");
        let version = number("select version::bigint from cs.accounts where name = 'First'");
        run(&update(
            "First",
            r#"{"name": "Erste", "status": "Paused", "crm_attributes": {"arr": 2}}"#,
        ));
        let late = format!(
            r#"select cs.update_account({}, '{{"name": "Uno", "status": "Paused", "external_id": "U",
                "crm_attributes": {{"arr": 3, "seats": 5, "plan": null, "new": [1]}}}}', {version})"#,
            id("First")
        );
        let before = traces();
        call_as("pia");
        assert_eq!(
            fails_with(&late),
            "27000 this account has changed since you saw it"
        );
        let expected = serde_json::json!({
            "current": {
                "version": version + 1, "name": "Erste", "external_id": "F-1",
                "crm_attributes": { "arr": 2, "plan": "a", "new": null }
            },
            "yours": { "name": "Uno", "external_id": "U", "crm_attributes": { "arr": 3, "plan": null, "new": [1] } }
        });
        let detail = detail_of(&late);
        let detail: serde_json::Value =
            serde_json::from_str(detail.strip_prefix("27000 ").unwrap()).unwrap();
        assert_eq!(detail, expected);
        call_as("ada");
        let message = fails_with(&late);
        assert!(
            message.starts_with("27000 Pia changed this account at 20"),
            "{message}"
        );
        let detail = detail_of(&late);
        assert!(
            detail.contains(r#""changed_by":"Pia""#) && detail.contains(r#""changed_at":"20"#),
            "{detail}"
        );
        assert_eq!(traces(), before);
        call_as("pia");
        run(&late.replace(&format!(", {version})"), &format!(", {})", version + 1)));
        assert_eq!(
            number("select count(*) from cs.accounts where name = 'Uno' and external_id = 'U'"),
            1
        );
    }

    #[pg_test]
    fn odd_but_sound_values_are_kept() {
        staffed_world();
        call_as("pia");
        for (value, arr) in [
            ("-0", "0"),
            ("1e3", "1000"),
            ("-0.0", "0.0"),
            ("0.005", "0.005"),
            ("null", ""),
        ] {
            run(&update(
                "First",
                &format!(r#"{{"crm_attributes": {{"arr": {value}}}}}"#),
            ));
            assert_eq!(
                text("select coalesce(arr::text, '') from cs.accounts where name = 'First'")
                    .as_deref(),
                Some(arr),
                "{value}"
            );
        }
        run(&update(
            "First",
            r#"{"crm_attributes": {"contract_end_date": "9999-12-31"}}"#,
        ));
        run(&update(
            "First",
            r#"{"crm_attributes": {"contract_end_date": "0001-01-01"}}"#,
        ));
    }

    #[pg_test]
    fn an_upsert_adds_or_changes() {
        staffed_world();
        call_as("pia");
        let made = "select concat_ws(' ', it ->> 'name', it ->> 'external_id', it ->> 'current_stage', it ->> 'csm_name', it ->> 'arr', it ->> 'version')
            from cs.upsert_account('N-1', '{\"name\": \"New\", \"csm_id\": \"pia@one.test\", \"crm_attributes\": {\"arr\": 5, \"x\": null}}') as it";
        assert_eq!(text(made).as_deref(), Some("New N-1 Onboarding Pia 5 1"));
        let changed = "select concat_ws(' ', it ->> 'name', it ->> 'arr', it ->> 'version')
            from cs.upsert_account('N-1', '{\"external_id\": \"N-1\", \"crm_attributes\": {\"arr\": 6}}') as it";
        assert_eq!(text(changed).as_deref(), Some("New 6 2"));
        assert_eq!(
            lines(
                "select external_id || ' ' || crm_attributes from cs.accounts where external_id = 'N-1'"
            ),
            ["N-1 {\"arr\": 6}"]
        );
        // Tenant two has an O-1; here it is a new one.
        assert_eq!(
            fails_with("select cs.upsert_account('O-1', '{}')"),
            "22023 a new account needs a name"
        );
        run("select cs.upsert_account('O-1', '{\"name\": \"Ours\"}')");
        for (call, field) in [
            (
                "cs.upsert_account('N-2', '{\"crm_attributes\": {}}')",
                "name",
            ),
            (
                "cs.upsert_account('N-1', '{\"external_id\": \"N-2\"}')",
                "external_id",
            ),
            (
                "cs.upsert_account('N-1', '{\"external_id\": null}')",
                "external_id",
            ),
            ("cs.upsert_account('', '{\"name\": \"X\"}')", "external_id"),
            (
                "cs.upsert_account(repeat('x', 501), '{\"name\": \"X\"}')",
                "external_id",
            ),
            (
                "cs.upsert_account(null, '{\"name\": \"X\"}')",
                "external_id",
            ),
            ("cs.upsert_account('N-1', null)", "patch"),
        ] {
            assert_eq!(
                detail_of(&format!("select {call}")),
                format!("22023 {{\"field\":\"{field}\"}}"),
                "{call}"
            );
        }
        run("reset role");
        assert_eq!(
            lines("select name from cs.accounts where external_id = 'O-1' order by 1"),
            ["Other", "Ours"]
        );
    }
}
