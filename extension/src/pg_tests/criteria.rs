//! Criteria in a backend: what is wrong with them, how they are stored, what they can ask for.

#[pgrx::pg_schema]
mod tests {
    use crate::criteria;
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::Uuid;
    use pgrx::prelude::*;
    use serde_json::{Value, json};

    fn flaws_of(criteria: &str) -> Vec<String> {
        let quoted = criteria.replace('\'', "''");
        lines(&format!(
            "select path || ': ' || message from cs.validate_criteria('{quoted}')"
        ))
    }

    fn tenant(slug: &str) -> Uuid {
        let query = format!("select id::text from cs.tenants where slug = '{slug}'");
        let id = uuid::Uuid::parse_str(&text(&query).unwrap()).unwrap();
        Uuid::from_bytes(*id.as_bytes())
    }

    fn stage_id(slug: &str, name: &str) -> String {
        text(&format!(
            "select stage.id::text from cs.journey_stages as stage join cs.tenants as tenant on tenant.id = stage.tenant_id
             where tenant.slug = '{slug}' and stage.name = '{name}'"
        ))
        .unwrap()
    }

    fn user_id(email: &str) -> String {
        text(&format!(
            "select id::text from cs.users where email = '{email}'"
        ))
        .unwrap()
    }

    /// Ada's tenant gets a second Ada.
    fn second_ada() {
        run("insert into cs.users (email) values ('ada2@one.test')");
        run(
            "insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'ada', 'Contributor' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'ada2@one.test'",
        );
    }

    #[pg_test]
    fn flaws_are_listed_with_their_paths_and_nothing_raises() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(
            flaws_of(r#"{"all": [{"field": "health_score", "op": "lt", "value": 40}]}"#),
            Vec::<String>::new()
        );
        let both = flaws_of(
            r#"{"any": [{"field": "arr", "op": "lt", "value": "40"}, {"not": {"field": "scor", "op": "is_set"}}]}"#,
        );
        assert_eq!(
            both,
            [
                "any[0].value: the value must be a number, not \"40\"",
                "any[1].not.field: \"scor\" is not a known field; criteria_fields lists the fields"
            ]
        );
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        for beyond in [
            deep.as_str(),
            "1e400",
            r#"{"field": "arr", "op": "eq", "value": 1e400}"#,
        ] {
            assert_eq!(
                flaws_of(beyond),
                [": the criteria are nested too deeply or hold a number that is too large"]
            );
        }
        for bad in ["null", "7", "\"all\"", "[]", "{}"] {
            assert_eq!(flaws_of(bad).len(), 1, "{bad}");
        }
        assert_eq!(number("select count(*) from cs.validate_criteria(null)"), 0);
    }

    #[pg_test]
    fn stages_and_members_are_those_of_the_callers_tenant() {
        run(WORLD);
        run(
            "update cs.journey_stages set name = 'Elsewhere'
             where name = 'Renewal' and tenant_id = (select id from cs.tenants where slug = 'two')",
        );
        let (foreign, own) = (stage_id("two", "Elsewhere"), stage_id("one", "Renewal"));
        second_ada();
        become_person("ada@one.test");
        run("set local role cs_member");
        let of = |field: &str, names: &[&str]| {
            flaws_of(&json!({ "field": field, "op": "in", "value": names }).to_string())
        };
        assert!(of("stage", &["Renewal", "rENEWAL", &own, &own.to_uppercase()]).is_empty());
        assert_eq!(
            of("stage", &["Elsewhere", "Renewal", &foreign]),
            [
                "value[0]: there is no stage \"Elsewhere\"".to_owned(),
                "value[2]: a stage that is named here is gone: choose another one".to_owned()
            ]
        );
        let ada = text("select cs.current_user_id()::text").unwrap();
        assert!(of("csm", &["ADA@one.test", "ada2@one.test", &ada]).is_empty());
        assert_eq!(
            of("csm", &["Ben", "ben@two.test", "Ada"]),
            [
                "value[0]: there is no member \"Ben\"",
                "value[1]: there is no member \"ben@two.test\"",
                "value[2]: several members are called \"Ada\"; give the e-mail address"
            ]
        );
        run("reset role; set local app.current_user_id = ''");
        assert_eq!(of("stage", &["Renewal"]).len(), 1);
    }

    #[pg_test]
    fn criteria_are_stored_with_ids_of_the_tenant_named() {
        run(WORLD);
        let entered = json!({ "any": [
            { "field": "stage", "op": "eq", "value": "renewal" },
            { "not": { "field": "csm", "op": "in", "value": ["Ada", "ada@one.test"] } },
            { "field": "arr", "op": "gte", "value": 100.5 }
        ] });
        let ada = user_id("ada@one.test");
        let stored = json!({ "any": [
            { "field": "stage", "op": "eq", "value": stage_id("one", "Renewal") },
            { "not": { "field": "csm", "op": "in", "value": [ada, ada] } },
            { "field": "arr", "op": "gte", "value": 100.5 }
        ] });
        let one = |criteria: &Value| criteria::resolve(tenant("one"), "when", criteria);
        assert_eq!(one(&entered), Ok(stored.clone()));
        assert_eq!(one(&stored), Ok(stored));
        let refused = criteria::resolve(tenant("two"), "caps[0].when", &entered).unwrap_err();
        assert_eq!(refused.message(), "there is no member \"Ada\"");
        let refused = one(&json!({ "all": 7 })).unwrap_err();
        assert_eq!(
            refused.message(),
            "all must be an array of conditions and groups, not 7"
        );
    }

    #[pg_test]
    fn a_check_refuses_what_has_not_the_shape() {
        run("create temp table kept (criteria jsonb check (cs.criteria_shape(criteria)))");
        run(
            r#"insert into pg_temp.kept values (null), ('{"all": []}'), ('{"field": "stage", "op": "eq", "value": "not there"}'),
               ('{"field": "crm_attributes.plan.tier", "op": "starts_with", "value": "g"}')"#,
        );
        for bad in [
            "null".to_owned(),
            "{}".to_owned(),
            r#"{"field": "custom.tier", "op": "is_set"}"#.to_owned(),
            r#"{"field": "arr", "op": "between", "value": [2, 1]}"#.to_owned(),
            format!("{}{}", "[".repeat(500), "]".repeat(500)),
        ] {
            let complaint = fails_with(&format!("insert into pg_temp.kept values ('{bad}')"));
            assert!(complaint.starts_with("23514"), "{bad}: {complaint}");
        }
        assert_eq!(
            lines(
                "select concat_ws(' ', provolatile, proparallel) from pg_proc where oid = 'cs.criteria_shape(jsonb)'::regprocedure"
            ),
            ["i s"]
        );
    }

    #[pg_test]
    fn fields_are_the_built_in_ones_and_the_readers_attributes() {
        run(WORLD);
        run(
            "update cs.accounts set crm_attributes = '{\"seats\": 5, \"plan\": {\"tier\": \"gold\"}, \"a.b\": 1, \"\": 1}' where name = 'First'",
        );
        run("update cs.accounts set crm_attributes = '{\"seats\": 7}' where name = 'Second'");
        run("update cs.accounts set crm_attributes = '{\"theirs\": 1}' where name = 'Other'");
        run("set local role cs_member");
        assert_eq!(number("select count(*) from cs.criteria_fields"), 0);
        run("reset role");
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(
            lines(
                "select field || ' ' || type from cs.criteria_fields where field like 'crm%' order by display_order, field"
            ),
            ["crm_attributes.plan any", "crm_attributes.seats any"]
        );
        assert_eq!(
            lines("select field from cs.criteria_fields order by display_order, field limit 2"),
            ["health_score", "score_change_30d"]
        );
        assert_eq!(
            lines(
                "select distinct (tenant_id = cs.current_tenant_id())::text from cs.criteria_fields"
            ),
            ["true"]
        );
        let unusable = "select field from cs.criteria_fields as listed
            where not cs.criteria_shape(jsonb_build_object('field', field, 'op', 'is_set'))
                or not operators @> array['eq', 'ne', 'in', 'not_in', 'is_set', 'is_not_set']";
        assert_eq!(lines(unusable), Vec::<String>::new());
        let wrong = "select listed.field || ' ' || choice from cs.criteria_fields as listed
            cross join lateral unnest(listed.choices) as choice
            where not cs.criteria_shape(jsonb_build_object('field', field, 'op', 'eq', 'value', choice))";
        assert_eq!(lines(wrong), Vec::<String>::new());
    }

    #[pg_test]
    fn labels_are_those_of_the_columns() {
        let labels = |field: &str| {
            lines(&format!(
                "select unnest(choices) from cs.criteria_field_list() where field = '{field}'"
            ))
        };
        assert_eq!(
            labels("risk_level"),
            lines("select unnest(enum_range(null::cs.risk_level))::text")
        );
        assert_eq!(
            labels("status"),
            lines("select unnest(enum_range(null::cs.account_status))::text")
        );
        assert_eq!(labels("confidence"), ["high", "medium", "low"]);
    }

    fn met(criteria: &Value) -> Vec<String> {
        let quoted = criteria.to_string().replace('\'', "''");
        lines(&format!(
            "select name from cs.accounts where id in (select cs.matching_accounts('{quoted}')) order by name"
        ))
    }

    #[pg_test]
    fn criteria_find_the_accounts_the_caller_sees() {
        run(WORLD);
        run(
            "update cs.accounts set crm_attributes = '{\"arr\": 100, \"plan\": {\"tier\": \"Gold\"}}' where name = 'First'",
        );
        let ada = user_id("ada@one.test");
        run(&format!(
            "update cs.accounts set csm_id = '{ada}' where name = 'Second'"
        ));
        become_person("ada@one.test");
        run("set local role cs_member");
        let leaf = |field: &str, op: &str, value: Value| json!({ "field": field, "op": op, "value": value });
        let both = ["First", "Second"];
        for (criteria, expected) in [
            (json!({ "all": [] }), &both[..]),
            (json!({ "any": [] }), &[]),
            (leaf("arr", "gte", json!(100)), &["First"]),
            (
                json!({ "not": leaf("arr", "gte", json!(100)) }),
                &["Second"],
            ),
            (
                leaf("crm_attributes.plan.tier", "contains", json!("OL")),
                &["First"],
            ),
            (leaf("csm", "eq", json!("ADA")), &["Second"]),
            (leaf("csm", "ne", json!(ada)), &[]),
            (leaf("stage", "eq", json!("onboarding")), &both[..]),
            (
                leaf("stage", "ne", json!("0198f0c2-0000-7000-8000-00000000abcd")),
                &both[..],
            ),
            (leaf("logins_30d", "is_set", Value::Null), &[]),
        ] {
            let mut criteria = criteria;
            if let Some(object) = criteria.as_object_mut() {
                object.retain(|_, value| !value.is_null());
            }
            assert_eq!(met(&criteria), expected, "{criteria}");
        }
        assert_eq!(number("select count(*) from cs.matching_accounts()"), 2);
        assert_eq!(
            fails_with(
                "select cs.matching_accounts('{\"any\": [{\"field\": \"stage\", \"op\": \"eq\", \"value\": \"Nowhere\"}]}')"
            ),
            "22023 there is no stage \"Nowhere\""
        );
        assert_eq!(text("select prorows::text from pg_proc where oid = 'cs.matching_accounts(jsonb)'::regprocedure").as_deref(), Some("10000"));
    }

    #[pg_test]
    fn each_condition_is_explained() {
        run(WORLD);
        become_person("ada@one.test");
        run("update cs.accounts set crm_attributes = '{\"arr\": 100}' where name = 'First'");
        run("set local role cs_member");
        let criteria = r#"{"all": [{"field": "arr", "op": "gt", "value": 1e2}, {"not": {"field": "csm", "op": "is_set"}}]}"#;
        let explained = lines(&format!(
            "select concat_ws(' ', explained.path, explained.field, explained.operator, coalesce(explained.found::numeric::text, '-'), explained.holds)
             from cs.accounts as account, cs.explain_criteria(account.id, '{criteria}') as explained where account.name = 'First'"
        ));
        assert_eq!(
            explained,
            [" - f", "all[0] arr gt 100 f", "all[1].not csm is_set - f"]
        );
        assert_eq!(
            fails_with("select cs.explain_criteria(gen_random_uuid(), null)"),
            "P0002 no such account"
        );
    }

    #[pg_test]
    fn a_statement_sees_what_was_written_before_it_and_not_what_it_writes() {
        run(WORLD);
        become_person("ada@one.test");
        run("update cs.accounts set name = 'Mine' where name = 'First'");
        let mine = json!({ "field": "name", "op": "eq", "value": "Mine" });
        assert_eq!(met(&mine), ["Mine"]);
        // Each row asks again; what the statement has changed so far is not there yet.
        run("update cs.accounts as account set name = 'Mine'
             where (select count(*) from cs.matching_accounts('{\"field\": \"name\", \"op\": \"eq\", \"value\": \"Mine\"}')
                    where account.id is not null) = 1");
        assert_eq!(met(&mine).len(), 3);
        assert_eq!(criteria::find_matching(None, &mine, None).unwrap().len(), 3);
        let tenant = tenant("two");
        assert_eq!(
            criteria::find_matching(Some(tenant), &mine, None)
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            criteria::find_matching(Some(tenant), &mine, Some(&[])).unwrap(),
            []
        );
    }
}
