//! Custom fields: what may be defined, and what their values must be however an account is written.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{call_as, id, staffed_world, traces};
    use crate::pg_tests::{detail_of, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn save(field: &str) -> String {
        format!("select cs.save_custom_field('{field}')")
    }

    /// Defines a field, as Ada.
    fn define(field: &str) {
        call_as("ada");
        run(&save(field));
    }

    fn set(account: &str, attributes: &str) -> String {
        format!(
            "select cs.update_account({}, '{{\"crm_attributes\": {attributes}}}')",
            id(account)
        )
    }

    fn attributes_of(name: &str) -> String {
        text(&format!(
            "select crm_attributes::text from cs.accounts where name = '{name}'"
        ))
        .unwrap()
    }

    fn field_id(key: &str) -> String {
        format!("(select id from cs.custom_fields where key = '{key}')")
    }

    #[pg_test]
    fn a_field_is_defined_changed_and_archived() {
        staffed_world();
        define(
            r#"{"key": "tier", "label": "Tier", "type": "choice", "options": ["Gold", "Silver"]}"#,
        );
        define(r#"{"key": "since", "label": "Since", "type": "date", "in_lists": true}"#);
        run(&format!(
            "select cs.save_custom_field(jsonb_build_object('id', {}, 'label', 'Level', 'description', 'How dear', 'in_import', false))",
            field_id("tier")
        ));
        assert_eq!(
            lines("select concat_ws(' ', key, label, type, options, description, in_lists, in_import, display_order, is_active)
                   from cs.custom_fields order by display_order"),
            [
                r#"tier Level choice ["Gold", "Silver"] How dear f f 1 t"#,
                "since Since date t t 2 t"
            ]
        );
        run(&set("First", r#"{"tier": "Gold"}"#));
        assert!(
            fails_with(&set("First", r#"{"tier": "Tin"}"#))
                .starts_with("22023 Level must be one of Gold, Silver")
        );
        run(&format!(
            "select cs.save_custom_field(jsonb_build_object('id', {}, 'is_active', false))",
            field_id("tier")
        ));
        run(&set("First", r#"{"tier": "Tin"}"#));
        run("reset role");
        assert_eq!(
            number("select count(*) from cs.audit_log where table_name = 'custom_fields'"),
            4
        );
    }

    #[pg_test]
    fn a_definition_is_checked() {
        staffed_world();
        define(r#"{"key": "tier", "label": "Tier", "type": "text"}"#);
        for (field, at) in [
            (r#"{"key": "Tier", "label": "T", "type": "text"}"#, "key"),
            (r#"{"key": "arr", "label": "T", "type": "text"}"#, "key"),
            (
                r#"{"key": "contract_end_date", "label": "T", "type": "date"}"#,
                "key",
            ),
            (
                r#"{"key": "industry", "label": "T", "type": "text"}"#,
                "key",
            ),
            (r#"{"key": "seats", "label": "T", "type": "text"}"#, "key"),
            (r#"{"label": "T", "type": "text"}"#, "key"),
            (r#"{"key": "a", "type": "text"}"#, "label"),
            (r#"{"key": "a", "label": " ", "type": "text"}"#, "label"),
            (r#"{"key": "a", "label": "A"}"#, "type"),
            (r#"{"key": "a", "label": "A", "type": "colour"}"#, "type"),
            (r#"{"key": "a", "label": "A", "type": "choice"}"#, "options"),
            (
                r#"{"key": "a", "label": "A", "type": "choice", "options": ["X", "X"]}"#,
                "options",
            ),
            (
                r#"{"key": "a", "label": "A", "type": "text", "options": ["X"]}"#,
                "options",
            ),
            (
                r#"{"key": "a", "label": "A", "type": "percent", "default_value": 101}"#,
                "default_value",
            ),
            (
                r#"{"key": "a", "label": "A", "type": "member", "default_value": "ben@two.test"}"#,
                "default_value",
            ),
            (
                r#"{"key": "a", "label": "A", "type": "text", "colour": 1}"#,
                "colour",
            ),
            (
                r#"{"key": "a", "label": "A", "type": "text", "is_required": "yes"}"#,
                "is_required",
            ),
            ("[]", "field"),
        ] {
            assert_eq!(
                detail_of(&save(field)),
                format!("22023 {{\"field\":\"{at}\"}}"),
                "{field}"
            );
        }
        assert!(
            fails_with(&save(r#"{"key": "tier", "label": "T", "type": "text"}"#))
                .starts_with("23505 a field with the key")
        );
        let renamed = format!(
            "select cs.save_custom_field(jsonb_build_object('id', {}, 'key', 'other'))",
            field_id("tier")
        );
        assert_eq!(
            fails_with(&renamed),
            "22023 the key of a field never changes"
        );
        assert_eq!(number("select count(*) from cs.custom_fields"), 1);
    }

    #[pg_test]
    fn values_are_checked_where_they_change() {
        staffed_world();
        for (key, kind, options) in [
            ("a_text", "text", ""),
            ("a_number", "number", ""),
            ("a_sum", "currency", ""),
            ("a_share", "percent", ""),
            ("a_day", "date", ""),
            ("a_flag", "boolean", ""),
            ("a_choice", "choice", r#", "options": ["X", "Y"]"#),
            ("choices", "multi_choice", r#", "options": ["X", "Y"]"#),
            ("a_link", "url", ""),
            ("a_member", "member", ""),
        ] {
            define(&format!(
                r#"{{"key": "{key}", "label": "{key}", "type": "{kind}"{options}}}"#
            ));
        }
        call_as("pia");
        let good = r#"{"a_text": "x", "a_number": 12345678901234567890.10, "a_sum": -3, "a_share": 99.5, "a_day": "2028-02-29",
            "a_flag": false, "a_choice": "Y", "choices": ["X"], "a_link": "https://one.test/", "a_member": "PIA@one.test"}"#;
        run(&set("First", good));
        let kept = attributes_of("First");
        let pia = text(&format!("select {}::text", id("pia"))).unwrap();
        assert!(
            kept.contains("12345678901234567890.10")
                && kept.contains(&format!("\"a_member\": \"{pia}\"")),
            "{kept}"
        );
        let before = traces();
        for (key, bad) in [
            ("a_text", "1"),
            ("a_number", "\"1\""),
            ("a_sum", "true"),
            ("a_share", "100.5"),
            ("a_share", "-1"),
            ("a_day", "\"2027-02-30\""),
            ("a_flag", "\"yes\""),
            ("a_choice", "\"Z\""),
            ("choices", "\"X\""),
            ("choices", "[\"Z\"]"),
            ("a_link", "\"javascript:alert(1)\""),
            ("a_member", "\"ben@two.test\""),
            ("a_member", "\"Pia\""),
        ] {
            call_as("pia");
            let complaint = format!("22023 {{\"field\":\"crm_attributes.{key}\"}}");
            let attributes = format!(r#"{{"{key}": {bad}}}"#);
            assert_eq!(detail_of(&set("First", &attributes)), complaint, "{bad}");
            assert_eq!(
                detail_of(&format!(
                    "update cs.accounts set crm_attributes = '{attributes}'"
                )),
                complaint
            );
            let row = format!(r#"[{{"external_id": "F-1", "crm_attributes": {attributes}}}]"#);
            let rejected = text(&format!(
                "select cs.import_accounts('{row}') -> 'rejected' -> 0 ->> 'field'"
            ));
            assert_eq!(rejected, Some(format!("crm_attributes.{key}")));
            let refused = format!(
                "select jsonb_array_length(cs.bulk_update_accounts('{{\"all\": []}}', '{{\"crm_attributes\": {attributes}}}') -> 'refused')::bigint"
            );
            assert_eq!(number(&refused), 2);
        }
        assert_eq!(traces(), before);
    }

    #[pg_test]
    fn what_was_there_before_a_field_stays_until_it_changes() {
        staffed_world();
        call_as("pia");
        run(&set("First", r#"{"tier": 5}"#));
        define(r#"{"key": "tier", "label": "Tier", "type": "text", "is_required": true}"#);
        call_as("pia");
        run(&set("First", r#"{"seats": 3}"#));
        run("update cs.accounts set name = 'Erste' where name = 'First'");
        assert_eq!(attributes_of("Erste"), r#"{"tier": 5, "seats": 3}"#);
        assert!(
            fails_with(&set("First", r#"{"tier": 6}"#)).starts_with("22023 Tier must be a string")
        );
        assert_eq!(
            fails_with(&set("First", r#"{"tier": null}"#)),
            "22023 Tier must be given"
        );
        run(&set("First", r#"{"tier": "A"}"#));
        // Second never had one, and is not asked for one.
        run(&set("Second", r#"{"seats": 3}"#));
    }

    #[pg_test]
    fn a_new_account_gets_defaults_and_needs_the_rest() {
        staffed_world();
        define(
            r#"{"key": "tier", "label": "Tier", "type": "choice", "options": ["A", "B"], "default_value": "B", "is_required": true}"#,
        );
        define(
            r#"{"key": "owner", "label": "Owner", "type": "member", "default_value": "pia@one.test"}"#,
        );
        call_as("pia");
        run("insert into cs.accounts (name) values ('New')");
        let pia = text(&format!("select {}::text", id("pia"))).unwrap();
        assert_eq!(
            attributes_of("New"),
            format!(r#"{{"tier": "B", "owner": "{pia}"}}"#)
        );
        run(
            "insert into cs.accounts (name, crm_attributes) values ('Own', '{\"tier\": \"A\", \"owner\": null}')",
        );
        assert_eq!(attributes_of("Own"), r#"{"tier": "A", "owner": null}"#);
        assert_eq!(
            fails_with(
                "insert into cs.accounts (name, crm_attributes) values ('Null', '{\"tier\": null}')"
            ),
            "22023 Tier must be given"
        );
        define(r#"{"key": "region", "label": "Region", "type": "text", "is_required": true}"#);
        call_as("pia");
        assert_eq!(
            fails_with("insert into cs.accounts (name) values ('Bare')"),
            "22023 Region must be given"
        );
        let rows = r#"[{"external_id": "N", "name": "N"}, {"external_id": "M", "name": "M", "crm_attributes": {"region": "x"}}]"#;
        assert_eq!(
            text(&format!(
                "select cs.import_accounts('{rows}', false, keep_good => true)::text"
            ))
            .as_deref(),
            Some(
                r#"{"updated": 0, "inserted": 1, "rejected": [{"field": "crm_attributes.region", "index": 0, "reason": "Region must be given"}], "unchanged": 0}"#
            )
        );
        run("reset role");
        assert_eq!(
            fails_with(
                "insert into cs.accounts (tenant_id, name) select id, 'Elsewhere' from cs.tenants where slug = 'two'"
            ),
            "nothing"
        );
    }

    #[pg_test]
    fn a_definition_taken_back_counts_no_more() {
        staffed_world();
        call_as("ada");
        run(&set("First", r#"{"tier": 1}"#));
        let field = r#"{"key": "tier", "label": "Tier", "type": "text"}"#;
        run(&format!(
            "do $do$ begin
                perform cs.save_custom_field('{field}');
                begin
                    perform cs.update_account({first}, '{{\"crm_attributes\": {{\"tier\": 2}}}}');
                exception when invalid_parameter_value then null;
                end;
                raise exception 'back';
             exception when raise_exception then null;
             end $do$",
            first = id("First")
        ));
        run(&set("First", r#"{"tier": 3}"#));
        assert_eq!(attributes_of("First"), r#"{"tier": 3}"#);
    }

    #[pg_test]
    fn a_type_changes_only_where_values_fit() {
        staffed_world();
        define(r#"{"key": "tier", "label": "Tier", "type": "text"}"#);
        run(&set("First", r#"{"tier": "three"}"#));
        run(&set("Second", r#"{"tier": "4"}"#));
        let retype = |kind: &str| {
            format!(
                "select cs.save_custom_field(jsonb_build_object('id', {}, 'type', '{kind}'))",
                field_id("tier")
            )
        };
        assert_eq!(
            fails_with(&retype("number")),
            "22023 2 values are not numbers"
        );
        assert_eq!(detail_of(&retype("number")), r#"22023 {"field":"type"}"#);
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', name, value, reason) from cs.check_custom_field({}, 'number')",
                field_id("tier")
            )),
            [
                "First \"three\" must be a number, not \"three\"",
                "Second \"4\" must be a number, not \"4\""
            ]
        );
        run(&set("Second", r#"{"tier": null}"#));
        assert_eq!(
            fails_with(&retype("number")),
            "22023 1 value must be a number, not \"three\""
        );
        let choice = format!(
            "select cs.save_custom_field(jsonb_build_object('id', {}, 'type', 'choice', 'options', '[\"three\"]'::jsonb))",
            field_id("tier")
        );
        run(&choice);
        run(&retype("text"));
        assert_eq!(
            lines("select type || coalesce(options::text, '-') from cs.custom_fields"),
            ["text-"]
        );
        run(&set("First", r#"{"tier": null}"#));
        run(&retype("number"));
        assert!(
            fails_with(&format!(
                "select cs.check_custom_field({}, 'colour')",
                field_id("tier")
            ))
            .starts_with("22023 there is no field type")
        );
    }

    #[pg_test]
    fn only_an_admin_defines_and_all_of_the_tenant_read() {
        staffed_world();
        define(r#"{"key": "tier", "label": "Tier", "type": "text"}"#);
        run(
            "reset role; create temp table fields on commit drop as select id from cs.custom_fields; grant select on fields to cs_member",
        );
        let field = "(select id from pg_temp.fields)";
        for nick in ["pia", "cleo", "vic"] {
            call_as(nick);
            assert_eq!(
                fails_with(&save(r#"{"key": "a", "label": "A", "type": "text"}"#)),
                "42501 your role may not define custom fields",
                "{nick}"
            );
            assert!(
                fails_with(
                    "insert into cs.custom_fields (key, label, type) values ('a', 'A', 'text')"
                )
                .starts_with("42501")
            );
            run("update cs.custom_fields set label = 'Mine'");
            assert_eq!(
                lines("select label from cs.custom_fields"),
                ["Tier"],
                "{nick}"
            );
        }
        call_as("ada");
        for unknown in ["gen_random_uuid()".to_owned(), id("Other")] {
            assert_eq!(
                fails_with(&format!(
                    "select cs.save_custom_field(jsonb_build_object('id', {unknown}, 'label', 'X'))"
                )),
                "P0002 no such custom field"
            );
        }
        run("reset role");
        crate::pg_tests::become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(number("select count(*) from cs.custom_fields"), 0);
        assert_eq!(
            fails_with(&format!("select cs.check_custom_field({field}, 'text')")),
            "P0002 no such custom field"
        );
        assert_eq!(
            fails_with("select cs.check_custom_field(gen_random_uuid(), 'text')"),
            "P0002 no such custom field"
        );
    }
}
