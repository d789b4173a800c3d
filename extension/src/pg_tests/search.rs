//! The list of accounts in a backend: pages that neither skip nor repeat, their sums, how often each value occurs.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;
    use serde_json::Value;

    /// Tenant one with 60 more accounts, of few different values, so that many keys are equal.
    fn world() {
        run(WORLD);
        run(
            "insert into cs.accounts (tenant_id, name, external_id, csm_id, status, current_stage, crm_attributes)
             select tenant.id, (array['b', 'A', 'a', 'É'])[n % 4 + 1], n,
                case when n % 3 = 0 then person.id end,
                (array['Active', 'Active', 'Paused', 'Churned'])[n % 4 + 1]::cs.account_status,
                case when n % 4 = 3 then 'Churned' else (array['Onboarding', 'Adoption', 'Renewal'])[n % 3 + 1] end,
                jsonb_strip_nulls(jsonb_build_object(
                    'arr', case when n % 5 > 0 then n % 7 end,
                    'contract_end_date', case when n % 2 = 0 then (current_date + n * 4 - 20)::text end,
                    'industry', case when n % 3 > 0 then 'I' || n % 3 end,
                    'x', (array['1', '\"a\"', '2', 'true', '[1]', '10', '{\"y\": 1}', '\"B\"'])[n % 8 + 1]::jsonb
                ))
             from generate_series(1, 60) as n, cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'ada@one.test'",
        );
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, external_id::integer % 6 * 20
             from cs.accounts where external_id::integer % 5 > 0",
        );
        become_person("ada@one.test");
        run("set local role cs_member");
    }

    fn page(arguments: &str) -> Value {
        let found = text(&format!("select cs.search_accounts({arguments})::text"));
        serde_json::from_str(&found.unwrap()).unwrap()
    }

    fn ids(page: &Value) -> Vec<String> {
        let rows = page["rows"].as_array().unwrap();
        rows.iter()
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    }

    const SORTS: [&str; 16] = [
        "name",
        "name.desc",
        "arr.desc",
        "arr.asc,name.desc",
        "health_score.desc,arr",
        "days_in_stage",
        "contract_end_date",
        "days_to_renewal.desc",
        "score_change_30d.desc",
        "csm.desc,status",
        "stage,risk_level.desc",
        "industry.desc,confidence",
        "tree",
        "crm_attributes.x.desc",
        "crm_attributes.x,stage_state,overdue_milestones",
        "logins_30d,external_id",
    ];

    #[pg_test]
    fn pages_of_any_size_neither_skip_nor_repeat() {
        world();
        for sort in SORTS {
            let whole = page(&format!("sort => '{sort}', page_size => 1000"));
            assert_eq!(whole["next"], Value::Null);
            assert_eq!(whole["total"], 62);
            let whole = ids(&whole);
            let (mut found, mut after) = (Vec::new(), "null".to_owned());
            for size in [1, 7, 13, 2, 20, 1, 1, 40] {
                let page = page(&format!(
                    "null, '{sort}', {after}, {size}, with_total => false"
                ));
                assert_eq!(
                    (&page["total"], &page["summary"]),
                    (&Value::Null, &Value::Null)
                );
                found.extend(ids(&page));
                match page["next"].as_str() {
                    Some(next) => after = format!("'{next}'"),
                    None => break,
                }
            }
            assert_eq!(found, whole, "{sort}");
        }
    }

    #[pg_test]
    fn rows_come_in_the_order_asked_for_and_nulls_last() {
        world();
        let column = |sort: &str, column: &str| {
            let page = page(&format!("sort => '{sort}', page_size => 1000"));
            let rows = page["rows"].as_array().unwrap();
            rows.iter()
                .map(|row| row[column].clone())
                .collect::<Vec<_>>()
        };
        for (sort, name, descending) in [
            ("arr", "arr", false),
            ("arr.desc", "arr", true),
            ("health_score.desc", "overall_score", true),
            ("days_to_renewal", "days_to_renewal", false),
        ] {
            let values = column(sort, name);
            let numbers: Vec<_> = values.iter().map_while(Value::as_f64).collect();
            assert!(numbers.len() > 20 && numbers.len() < 62, "{sort}");
            assert!(values[numbers.len()..].iter().all(Value::is_null), "{sort}");
            let sorted = numbers.is_sorted_by(|left, right| {
                if descending {
                    left >= right
                } else {
                    left <= right
                }
            });
            assert!(sorted, "{sort}");
        }
        let mut names = column("name", "name");
        let firsts = names
            .drain(..30)
            .filter(|it| it == "A" || it == "a")
            .count();
        assert_eq!(firsts, 30, "in whatever case");
        let mut stages = column("stage", "current_stage");
        stages.dedup();
        assert_eq!(stages, ["Onboarding", "Adoption", "Renewal", "Churned"]);
        let attributes = column("crm_attributes.x.desc", "crm_attributes");
        let mut kinds: Vec<_> = attributes.iter().map(|it| it["x"].to_string()).collect();
        kinds.dedup();
        assert_eq!(kinds[..6], ["10", "2", "1", "true", "\"B\"", "\"a\""]);
    }

    #[pg_test]
    fn the_summary_is_that_of_the_rows() {
        world();
        let criteria = r#"{"not": {"field": "industry", "op": "eq", "value": "I1"}}"#;
        let found = page(&format!("'{criteria}', page_size => 3"));
        let sums = |condition: &str| {
            let sums = text(&format!(
                "select count(*) || ' ' || coalesce(sum(arr) filter (where status <> 'Churned'), 0) from cs.account_overview
                 where industry is distinct from 'I1' and {condition}"
            ));
            sums.unwrap()
        };
        let summary = &found["summary"];
        let shown = |part: &Value| format!("{} {}", part["accounts"], part["arr"]);
        let (risk, soon) = (
            "status = 'Active' and risk_level in ('At Risk', 'Critical')",
            "status = 'Active' and days_to_renewal between 0 and 90",
        );
        assert_eq!(shown(summary), sums("true"));
        assert_eq!(found["total"], summary["accounts"]);
        assert_eq!(shown(&summary["at_risk"]), sums(risk));
        assert_eq!(shown(&summary["renewing"]), sums(soon));
        assert_eq!(
            shown(&summary["at_risk_renewing"]),
            sums(&format!("{risk} and {soon}"))
        );
        assert!(summary["at_risk_renewing"]["accounts"].as_i64() > Some(0));
        let none = page(r#"'{"any": []}'"#);
        assert_eq!(
            (none["rows"].to_string(), &none["total"], &none["next"]),
            ("[]".to_owned(), &0.into(), &Value::Null)
        );
    }

    #[pg_test]
    fn what_makes_no_sense_is_refused() {
        world();
        let cursor = page("sort => 'arr', page_size => 1")["next"]
            .as_str()
            .unwrap()
            .to_owned();
        for (arguments, message) in [
            (
                "page_size => 0".to_owned(),
                "page_size must be from 1 to 1000, not 0",
            ),
            (
                "page_size => 1001".to_owned(),
                "page_size must be from 1 to 1000, not 1001",
            ),
            (
                "sort => 'parent'".to_owned(),
                "accounts cannot be sorted by \"parent\"",
            ),
            (
                "sort => 'name; drop table cs.accounts'".to_owned(),
                "accounts cannot be sorted by \"name; drop table cs.accounts\"",
            ),
            (
                "after => 'garbage'".to_owned(),
                "after is not a cursor of this list",
            ),
            (
                format!("after => '{cursor}'"),
                "after is a cursor of a different order",
            ),
            (
                format!("after => '{cursor}', sort => 'arr.desc'"),
                "after is a cursor of a different order",
            ),
            (
                r#"'{"all": [{"field": "moon", "op": "is_set"}]}'"#.to_owned(),
                "\"moon\" is not a known field; criteria_fields lists the fields",
            ),
        ] {
            assert_eq!(
                fails_with(&format!("select cs.search_accounts({arguments})")),
                format!("22023 {message}")
            );
        }
        assert_eq!(
            ids(&page(&format!("after => '{cursor}', sort => ' arr.asc'"))).len(),
            61
        );
    }

    #[pg_test]
    fn everyone_finds_what_they_see() {
        world();
        run("reset role");
        run("update cs.profiles set role = 'Contributor' where full_name = 'Ada'");
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(page("")["total"], 20);
        assert_eq!(
            number("select sum(accounts) from cs.count_facets(null, 'status')"),
            20
        );
        run("reset role");
        become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(ids(&page("")).len(), 1);
    }

    #[pg_test]
    fn values_are_counted_with_their_names() {
        world();
        let counted = |field: &str| {
            lines(&format!(
                "select concat_ws(' ', coalesce(label, value, '-'), accounts, arr) from cs.count_facets(null, '{field}') as facet
                 order by accounts desc, coalesce(label, value)"
            ))
        };
        let by = |column: &str| {
            lines(&format!(
                "select concat_ws(' ', coalesce({column}::text, '-'), count(*),
                    coalesce(sum(arr) filter (where status <> 'Churned'), 0))
                 from cs.account_overview as overview group by {column} order by count(*) desc, {column}::text"
            ))
        };
        for (field, column) in [
            ("stage", "current_stage"),
            ("csm", "csm_name"),
            ("status", "status"),
            ("risk_level", "risk_level"),
            ("industry", "industry"),
        ] {
            assert_eq!(counted(field), by(column), "{field}");
        }
        let values = lines(
            "select value from cs.count_facets(null, 'crm_attributes.x') where value is not null order by 1",
        );
        assert_eq!(values, ["1", "10", "2", "B", "a", "true"]);
        let some = r#"{"field": "stage", "op": "eq", "value": "Renewal"}"#;
        assert_eq!(
            lines(&format!(
                "select label || accounts from cs.count_facets('{some}', 'stage')"
            )),
            ["Renewal15"]
        );
        let stage = text(&format!(
            "select value from cs.count_facets('{some}', 'stage')"
        ))
        .unwrap();
        assert_eq!(uuid::Uuid::parse_str(&stage).unwrap().to_string(), stage);
        for field in ["'arr'", "'parent'", "'nothing'", "null"] {
            let message = fails_with(&format!("select cs.count_facets(null, {field})"));
            assert!(message.ends_with("has no values to count"), "{message}");
        }
    }
}
