//! Criteria as SQL and as Rust in a backend: over random trees and odd accounts both find the same.

#[pgrx::pg_schema]
mod tests {
    use crate::criteria::account_values::read_values;
    use crate::criteria::{self, evaluate};
    use crate::pg::stream::Sight;
    use crate::pg_tests::dice::Dice;
    use crate::pg_tests::{WORLD, lines, run, text};
    use pgrx::Uuid;
    use pgrx::prelude::*;
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    const NUMBERS: [&str; 14] = [
        "0",
        "-0.0",
        "5",
        "5.00",
        "-5",
        "0.1",
        "0.10000000000000001",
        "1e-300",
        "1e300",
        "-1e300",
        "12345678901234567890123",
        "1.5",
        "100",
        "30",
    ];
    const TEXTS: [&str; 27] = [
        "",
        " ",
        "a",
        "A",
        "ab",
        "İstanbul",
        "istanbul",
        "i̇stanbul",
        "straße",
        "STRASSE",
        "ẞ",
        "ß",
        "ΟΔΟΣ",
        "οδος",
        "οδοσ",
        "ﬁn",
        "É",
        "e\u{301}",
        "日本",
        "2027-01-01",
        "2027-02-31",
        "2027-01-01\n",
        "n/a",
        "5",
        "true",
        "%_\\",
        "'; drop table x; --",
    ];
    const DAYS: [&str; 5] = [
        "0001-01-01",
        "2026-11-23",
        "2027-01-01",
        "2027-02-28",
        "9999-12-31",
    ];
    const PATHS: [&str; 9] = [
        "x",
        "plan",
        "plan.tier",
        "plan.tier.deep",
        "tags.0",
        "plan.0",
        "q'uote",
        "ключ",
        "tags",
    ];
    const FIELDS: &str = "select field from cs.criteria_field_list() where field <> 'crm_attributes.*' order by place";

    fn value(dice: &mut Dice, depth: usize) -> String {
        match dice.roll(if depth == 0 { 10 } else { 14 }) {
            0..=3 => (*dice.pick(&NUMBERS)).to_owned(),
            4..=7 => json!(dice.pick(&TEXTS)).to_string(),
            8 => (*dice.pick(&["true", "false"])).to_owned(),
            9 => "null".to_owned(),
            10 | 11 => {
                let all: Vec<_> = (0..dice.roll(3)).map(|_| value(dice, depth - 1)).collect();
                format!("[{}]", all.join(", "))
            }
            _ => format!(
                r#"{{"tier": {}, "0": {}, "deep": {}}}"#,
                value(dice, depth - 1),
                value(dice, depth - 1),
                value(dice, depth - 1)
            ),
        }
    }

    fn attributes(dice: &mut Dice) -> String {
        let mut all: Vec<String> = Vec::new();
        for key in ["x", "plan", "tags", "q'uote", "ключ", "industry"] {
            if !dice.once_in(4) {
                all.push(format!("{}: {}", json!(key), value(dice, 2)));
            }
        }
        if dice.once_in(2) {
            all.push(format!(
                "\"arr\": {}",
                dice.pick(&["0", "0.1", "5", "100", "999999999999999", "1e-300"])
            ));
        }
        if dice.once_in(2) {
            all.push(format!("\"contract_end_date\": \"{}\"", dice.pick(&DAYS)));
        }
        format!("{{{}}}", all.join(", ")).replace('\'', "''")
    }

    /// Accounts of tenant one with much of everything.
    fn populate(dice: &mut Dice) {
        run(WORLD);
        run(
            "insert into cs.stage_milestones (tenant_id, stage_id, title, due_after_days)
             select tenant_id, id, 'Soon', 3 from cs.journey_stages",
        );
        for number in 0..40 {
            let parent = if dice.once_in(3) {
                "(select min(id::text)::uuid from cs.accounts where tenant_id = tenant.id)"
            } else {
                "null"
            };
            let csm = if dice.once_in(2) {
                "(select id from cs.users where email = 'ada@one.test')"
            } else {
                "null"
            };
            let name = TEXTS[dice.roll(TEXTS.len() - 2) + 2].replace('\'', "''");
            let external = dice.once_in(2).then(|| format!("'E{number}'"));
            run(&format!(
                "insert into cs.accounts (tenant_id, name, external_id, parent_id, csm_id, current_stage, crm_attributes)
                 select tenant.id, 'n{name}', {}, {parent}, {csm},
                    (select name from cs.journey_stages where tenant_id = tenant.id order by display_order offset {} limit 1), '{}'
                 from cs.tenants as tenant where tenant.slug = 'one'",
                external.as_deref().unwrap_or("null"),
                dice.roll(3),
                attributes(dice)
            ));
        }
        run(
            "update cs.journey_history set entered_at = now() - (abs(hashtext(account_id::text)) % 120) * interval '1 day'",
        );
        run(
            "insert into cs.account_milestones (tenant_id, account_id, milestone_id)
             select milestone.tenant_id, account.id, milestone.id
             from cs.stage_milestones as milestone join cs.accounts as account using (tenant_id)
             where abs(hashtext(account.id::text || milestone.id::text)) % 3 = 0",
        );
        for days in [45, 20, 0] {
            run(&format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score, usage_score, confidence, created_at)
                 select tenant_id, id, abs(hashtext(id::text || '{days}')) % 101, abs(hashtext(id::text)) % 101,
                    (array['high', 'low', null])[abs(hashtext(id::text)) % 3 + 1], now() - interval '{days} days'
                 from cs.accounts where abs(hashtext(id::text)) % 4 > 0"
            ));
        }
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
             select account.tenant_id, account.id, kind, abs(hashtext(account.id::text || kind::text)) % 7,
                now() - (abs(hashtext(kind::text || account.id::text)) % 60) * interval '1 day'
             from cs.accounts as account, unnest(enum_range(null::cs.metric_type)) as kind
             where abs(hashtext(account.id::text || kind::text)) % 3 > 0");
        run("insert into cs.activities (tenant_id, account_id, kind, body, at, done_at)
             select account.tenant_id, account.id, kind, 'It',
                now() + ((kind = 'task')::integer * 2 - abs(hashtext(account.id::text || kind)) % 60) * interval '1 day',
                case when kind = 'task' and age = 1 then now() - interval '7 days' end
             from cs.accounts as account, unnest(array['call', 'note', 'task']) as kind, generate_series(1, 2) as age
             where abs(hashtext(account.id::text || kind || age)) % 3 = 0");
    }

    struct Pool {
        tenant: Uuid,
        accounts: Vec<Uuid>,
        fields: Vec<String>,
        ids: Vec<String>,
    }

    fn uuid(text: &str) -> Uuid {
        Uuid::from_bytes(*uuid::Uuid::parse_str(text).unwrap().as_bytes())
    }

    fn pool() -> Pool {
        let tenant = uuid(&text("select id::text from cs.tenants where slug = 'one'").unwrap());
        let accounts = lines(&format!(
            "select id::text from cs.accounts where tenant_id = '{tenant}'"
        ));
        let mut ids =
            lines("select id::text from cs.journey_stages union all select id::text from cs.users");
        ids.extend(accounts.iter().take(5).cloned());
        Pool {
            tenant,
            accounts: accounts.iter().map(|id| uuid(id)).collect(),
            fields: lines(FIELDS),
            ids,
        }
    }

    fn literal(dice: &mut Dice, kind: &str, ids: &[String]) -> Value {
        let number =
            |dice: &mut Dice| serde_json::from_str(NUMBERS[dice.roll(NUMBERS.len())]).unwrap();
        match kind {
            "number" => number(dice),
            "text" => json!(dice.pick(&TEXTS)),
            "date" => json!(dice.pick(&DAYS)),
            "id" => json!(dice.pick(ids)),
            "choice" => json!(dice.pick(&[
                "Healthy", "At Risk", "high", "medium", "on_track", "stuck", "Active"
            ])),
            _ => match dice.roll(4) {
                0 => number(dice),
                1 => json!(dice.pick(&DAYS)),
                2 => json!(dice.once_in(2)),
                _ => json!(dice.pick(&TEXTS)),
            },
        }
    }

    const OPS: [&str; 13] = [
        "eq",
        "ne",
        "lt",
        "lte",
        "gt",
        "gte",
        "in",
        "not_in",
        "between",
        "contains",
        "starts_with",
        "is_set",
        "is_not_set",
    ];

    fn leaf(dice: &mut Dice, pool: &Pool) -> Value {
        let field = match dice.once_in(2) {
            true => format!("crm_attributes.{}", dice.pick(&PATHS)),
            false => dice.pick(&pool.fields).clone(),
        };
        let kind = match field.as_str() {
            "name" | "external_id" | "industry" => "text",
            "contract_end_date" => "date",
            "stage" | "csm" | "id" | "parent" => "id",
            "risk_level" | "confidence" | "status" | "stage_state" => "choice",
            field if field.starts_with("crm") => "any",
            _ => "number",
        };
        let op = *dice.pick(&OPS);
        let mut leaf = json!({ "field": field, "op": op });
        let mut one = || literal(dice, kind, &pool.ids);
        match op {
            "is_set" | "is_not_set" => (),
            "in" | "not_in" | "between" => leaf["value"] = json!([one(), one()]),
            _ => leaf["value"] = one(),
        }
        leaf
    }

    fn tree(dice: &mut Dice, pool: &Pool, depth: usize) -> Value {
        if depth == 0 || dice.once_in(3) {
            // Most conditions drawn are sound; the others are drawn again.
            loop {
                let leaf = leaf(dice, pool);
                if criteria::parse("", &leaf).is_ok() {
                    return leaf;
                }
            }
        }
        let members = |dice: &mut Dice| {
            (0..dice.roll(4))
                .map(|_| tree(dice, pool, depth - 1))
                .collect::<Vec<_>>()
        };
        match dice.roll(3) {
            0 => json!({ "all": members(dice) }),
            1 => json!({ "any": members(dice) }),
            _ => json!({ "not": tree(dice, pool, depth - 1) }),
        }
    }

    #[pg_test]
    fn sql_and_rust_find_the_same_accounts() {
        const CASES: u64 = 300;
        let mut dice = Dice(7);
        populate(&mut dice);
        let pool = pool();
        let (mut some, mut most) = (0, 0);
        for case in 0..CASES {
            let mut dice = Dice(case);
            let depth = dice.roll(5);
            let json = tree(&mut dice, &pool, depth);
            let criteria = criteria::parse("", &json).unwrap();
            let facts = read_values(
                Some(pool.tenant),
                &pool.accounts,
                &criteria,
                Sight::Transaction,
            )
            .unwrap();
            assert_eq!(facts.len(), pool.accounts.len());
            let natively: BTreeSet<_> = facts
                .iter()
                .filter(|(_, values)| evaluate(&criteria, *values))
                .map(|(id, _)| id.to_string())
                .collect();
            let found = criteria::find_matching(Some(pool.tenant), &json, None).unwrap();
            let by_sql: BTreeSet<_> = found.iter().map(ToString::to_string).collect();
            assert_eq!(by_sql, natively, "case {case}: {json}");
            some += usize::from(!by_sql.is_empty());
            most += usize::from(by_sql.len() < pool.accounts.len());
        }
        let least = usize::try_from(CASES).unwrap() / 4;
        assert!(
            some > least && most > least,
            "{some} and {most} of {CASES} tell anything"
        );
    }

    /// Fields that other views show, by the same words.
    #[pg_test]
    fn fields_are_what_the_views_show() {
        populate(&mut Dice(11));
        let overdue = "(select count(*) from cs.account_milestone_status as milestone
            where milestone.account_id = overview.id and milestone.is_overdue)";
        let stage = "(select stage.id from cs.journey_stages as stage
            where stage.tenant_id = overview.tenant_id and stage.name = overview.current_stage)";
        let mut seen = 0;
        for (field, shown) in [
            ("health_score", "overall_score"),
            ("usage_score", "usage_score"),
            ("risk_level", "risk_level"),
            ("score_change_30d", "score_change_30d"),
            ("stage", stage),
            ("days_in_stage", "days_in_stage"),
            ("stage_state", "stage_state"),
            ("overdue_milestones", overdue),
            ("arr", "arr"),
            (
                "days_since_touch",
                "(select floor(extract(epoch from now() - coalesce(last_touch_at, created_at)) / 86400)::integer
                 from cs.accounts where accounts.id = overview.id)",
            ),
            ("csm", "csm_id"),
            ("status", "status"),
            ("days_to_renewal", "days_to_renewal"),
            ("contract_end_date", "contract_end_date"),
            ("industry", "industry"),
            ("hierarchy_level", "hierarchy_level"),
            ("parent", "parent_id"),
            ("id", "id"),
        ] {
            let values = lines(&format!(
                "select distinct to_jsonb({shown})::text from cs.account_overview as overview where ({shown}) is not null"
            ));
            for value in values {
                let value: Value = serde_json::from_str(&value).unwrap();
                let criteria = json!({ "field": field, "op": "eq", "value": value });
                if field == "industry" && criteria::parse("", &criteria).is_err() {
                    continue;
                }
                let quoted = criteria.to_string().replace('\'', "''");
                let wrong = lines(&format!(
                    "select overview.name from cs.account_overview as overview
                     full join cs.matching_accounts('{quoted}') as found on found = overview.id
                     where coalesce(to_jsonb({shown}) = '{}', false) <> (found is not null)",
                    value.to_string().replace('\'', "''")
                ));
                assert_eq!(wrong, Vec::<String>::new(), "{criteria}");
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen}");
    }

    #[pg_test]
    fn usage_is_counted_as_health_counts_it() {
        run(WORLD);
        for (name, kind, days, value) in [
            ("First", "logins", 29, 4),
            ("First", "logins", 31, 100),
            ("First", "api_calls", 3, 7),
            ("Second", "logins", 40, 9),
        ] {
            run(&format!(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
                 select tenant_id, id, '{kind}', {value}, now() - interval '{days} days' from cs.accounts where name = '{name}'"
            ));
        }
        let met = |field: &str, op: &str, value: Option<i64>| {
            let mut leaf = json!({ "field": field, "op": op });
            if let Some(value) = value {
                leaf["value"] = value.into();
            }
            lines(&format!(
                "select name from cs.accounts where id in (select cs.matching_accounts('{leaf}')) order by name"
            ))
        };
        assert_eq!(met("logins_30d", "eq", Some(4)), ["First"]);
        assert_eq!(met("logins_30d", "eq", Some(0)), ["Second"]);
        assert_eq!(met("logins_30d", "is_not_set", None), ["Other"]);
        assert_eq!(met("api_calls_30d", "is_set", None), ["First"]);
        assert_eq!(met("days_since_login", "eq", Some(29)), ["First"]);
        assert_eq!(met("days_since_login", "eq", Some(40)), ["Second"]);
        assert_eq!(met("days_since_usage", "eq", Some(3)), ["First"]);
    }
}
