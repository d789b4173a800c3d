//! Criteria over custom fields in a backend: what fits, what is found, what stays once a field is archived.

#[pgrx::pg_schema]
mod tests {
    use crate::criteria;
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, run, text};
    use pgrx::Uuid;
    use pgrx::prelude::*;
    use serde_json::{Value, json};

    fn field(key: &str, kind: &str, more: &Value) {
        let mut field = json!({ "key": key, "label": key.to_uppercase(), "type": kind });
        for (name, value) in more.as_object().unwrap() {
            field[name] = value.clone();
        }
        run(&format!("select cs.save_custom_field('{field}')"));
    }

    /// Ada's tenant with a field of many types, and values in its two accounts.
    fn world() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let options = json!({ "options": ["Gold", "Silver"] });
        field("tier", "choice", &options);
        field(
            "plans",
            "multi_choice",
            &json!({ "options": ["Gold", "Silver"], "display_order": -1, "in_lists": true }),
        );
        field("fee", "currency", &json!({ "description": "Per month." }));
        field("sponsor", "member", &json!({}));
        field("vip", "boolean", &json!({}));
        field("since", "date", &json!({}));
        for (name, attributes) in [
            (
                "First",
                r#"{"tier": "Gold", "plans": ["Gold"], "fee": 5, "sponsor": "ada@one.test", "vip": true, "since": "2027-01-01"}"#,
            ),
            (
                "Second",
                r#"{"tier": "Silver", "plans": ["Gold", "Silver"], "fee": 7, "vip": false, "free": 1}"#,
            ),
        ] {
            run(&format!(
                "update cs.accounts set crm_attributes = '{attributes}' where name = '{name}'"
            ));
        }
    }

    fn leaf(key: &str, op: &str, value: Value) -> Value {
        json!({ "field": format!("crm_attributes.{key}"), "op": op, "value": value })
    }

    fn met(criteria: &Value) -> Vec<String> {
        let found = format!("select cs.matching_accounts('{criteria}')");
        lines(&format!(
            "select name from cs.accounts where id in ({found}) order by name"
        ))
    }

    #[pg_test]
    fn values_are_found_by_their_type() {
        world();
        let ada = text("select cs.current_user_id()::text").unwrap();
        for (criteria, expected) in [
            (leaf("tier", "in", json!(["Gold"])), &["First"][..]),
            (
                leaf("plans", "contains", json!("Gold")),
                &["First", "Second"],
            ),
            (leaf("plans", "contains", json!("Silver")), &["Second"]),
            (leaf("fee", "between", json!([6, 8])), &["Second"]),
            (leaf("sponsor", "eq", json!("ADA@one.test")), &["First"]),
            (leaf("sponsor", "in", json!(["Ada"])), &["First"]),
            (leaf("sponsor", "eq", json!(ada.to_uppercase())), &["First"]),
            (
                leaf(
                    "sponsor",
                    "eq",
                    json!("0198F0C2-0000-7000-8000-00000000ABCD"),
                ),
                &[],
            ),
            (leaf("vip", "ne", json!(true)), &["Second"]),
            (leaf("since", "lt", json!("2027-01-02")), &["First"]),
            (leaf("free", "eq", json!(1)), &["Second"]),
        ] {
            assert_eq!(met(&criteria), expected, "{criteria}");
        }
    }

    #[pg_test]
    fn what_does_not_fit_is_refused_everywhere() {
        world();
        for (bad, message) in [
            (
                leaf("tier", "eq", json!("Tin")),
                "TIER: the value must be one of Gold, Silver, not \"Tin\"",
            ),
            (
                leaf("fee", "gt", json!("5")),
                "FEE: the value must be a number, not \"5\"",
            ),
            (
                leaf("plans", "eq", json!("Gold")),
                "eq cannot be used with PLANS; use one of contains, is_set, is_not_set",
            ),
            (
                leaf("sponsor", "eq", json!("ben@two.test")),
                "there is no member \"ben@two.test\"",
            ),
        ] {
            let validated = lines(&format!(
                "select message from cs.validate_criteria('{bad}')"
            ));
            assert_eq!(validated, [message]);
            for call in ["matching_accounts", "search_accounts"] {
                assert_eq!(
                    fails_with(&format!("select cs.{call}('{bad}')")),
                    format!("22023 {message}")
                );
            }
            let view = json!({ "page": "accounts", "name": "It", "criteria": bad });
            assert_eq!(
                fails_with(&format!("select cs.save_view('{view}')")),
                format!("22023 {message}")
            );
        }
        run("reset role");
        become_person("ben@two.test");
        run("set local role cs_member");
        let theirs = leaf("tier", "eq", json!("Tin"));
        assert_eq!(
            met(&theirs),
            Vec::<String>::new(),
            "another tenant's fields are no one else's"
        );
    }

    #[pg_test]
    fn stored_criteria_work_on_whatever_becomes_of_the_field() {
        world();
        let given = json!({ "any": [leaf("plans", "contains", json!("Silver")), leaf("sponsor", "eq", json!("Ada"))] });
        let view = json!({ "page": "accounts", "name": "It", "criteria": given });
        let saved = format!("select cs.save_view('{view}') ->> 'criteria'");
        let stored: Value = serde_json::from_str(&text(&saved).unwrap()).unwrap();
        assert_eq!(
            stored["any"][1]["value"].as_str(),
            text("select cs.current_user_id()::text").as_deref()
        );
        assert_eq!(met(&stored), ["First", "Second"]);
        run("select cs.save_custom_field(jsonb_build_object('id', id, 'options', '[\"Gold\"]'::jsonb))
             from cs.custom_fields where key = 'plans'");
        let tenant = text("select cs.current_tenant_id()::text").unwrap();
        let tenant = Uuid::from_bytes(*uuid::Uuid::parse_str(&tenant).unwrap().as_bytes());
        assert_eq!(
            criteria::find_matching(Some(tenant), &stored, None)
                .unwrap()
                .len(),
            2
        );
        assert!(criteria::resolve(tenant, "criteria", &stored).is_err());
        run(
            "select cs.save_custom_field(jsonb_build_object('id', id, 'is_active', false)) from cs.custom_fields",
        );
        assert_eq!(met(&stored), ["First", "Second"]);
        assert_eq!(
            criteria::resolve(tenant, "criteria", &stored),
            Ok(stored.clone())
        );
    }

    #[pg_test]
    fn the_list_of_fields_has_them_between_the_built_in_ones_and_the_rest() {
        world();
        let listed = "select concat_ws(' ', field, label, type, in_lists, description)
            from cs.criteria_fields where field like 'crm%' order by display_order";
        let any = text(
            "select description from cs.criteria_field_list() where field = 'crm_attributes.*'",
        )
        .unwrap();
        assert_eq!(
            lines(listed),
            [
                "crm_attributes.plans PLANS multi_choice t".to_owned(),
                "crm_attributes.tier TIER choice f".to_owned(),
                "crm_attributes.fee FEE currency f Per month.".to_owned(),
                "crm_attributes.sponsor SPONSOR member f".to_owned(),
                "crm_attributes.vip VIP boolean f".to_owned(),
                "crm_attributes.since SINCE date f".to_owned(),
                format!("crm_attributes.free free any {any}"),
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', operators, choices) from cs.criteria_fields where label in ('PLANS', 'VIP') order by 1"
            ),
            [
                "{contains,is_set,is_not_set} {Gold,Silver}",
                "{eq,ne,is_set,is_not_set}"
            ]
        );
        run(
            "select cs.save_custom_field(jsonb_build_object('id', id, 'is_active', false)) from cs.custom_fields where key = 'tier'",
        );
        assert_eq!(
            lines(
                "select label || type from cs.criteria_fields where field = 'crm_attributes.tier'"
            ),
            ["tierany"]
        );
    }
}
