//! Fields of accounts as they were: remembered while they are so, and asked for after everything has changed.

#[pgrx::pg_schema]
mod tests {
    use crate::criteria::account_values::{FieldValues, read_values};
    use crate::criteria::{Criteria, Facts, Field, FieldValue, parse};
    use crate::pg::section::System;
    use crate::pg::stream::Sight;
    use crate::pg_tests::dice::Dice;
    use crate::pg_tests::past::time::{let_days_pass, now};
    use crate::pg_tests::{WORLD, lines, number, run, text};
    use crate::playbooks::past::{AskedMoment, Doubt, FactsReader, PastFacts, TenantHistory};
    use pgrx::Uuid;
    use pgrx::prelude::*;
    use serde_json::json;
    use std::collections::HashMap;

    const DAY: i64 = 86_400_000_000;

    fn id(query: &str) -> Uuid {
        let text = text(query).unwrap();
        Uuid::from_bytes(*uuid::Uuid::parse_str(&text).unwrap().as_bytes())
    }

    fn tenant() -> Uuid {
        id("select id::text from cs.tenants where slug = 'one'")
    }

    fn accounts() -> Vec<Uuid> {
        let ids = lines(
            "select account.id::text from cs.accounts as account join cs.tenants as tenant on tenant.id = account.tenant_id where slug = 'one' order by 1",
        );
        let ids = ids.iter().map(|it| uuid::Uuid::parse_str(it).unwrap());
        ids.map(|it| Uuid::from_bytes(*it.as_bytes())).collect()
    }

    /// Criteria about every field there is.
    fn every_field() -> Criteria {
        let names = lines(
            "select field from cs.criteria_field_list() where field <> 'crm_attributes.*' order by place",
        );
        let names = names
            .into_iter()
            .chain(["x", "plan", "plan.tier", "none"].map(|it| format!("crm_attributes.{it}")));
        let leaves = names.map(|field| json!({ "field": field, "op": "is_set" }));
        parse("", &json!({ "all": leaves.collect::<Vec<_>>() })).unwrap()
    }

    fn past(asked: &[AskedMoment], fields: &[&Field]) -> Vec<Option<PastFacts>> {
        let _section = System::enter();
        let history = TenantHistory::read(tenant()).unwrap();
        FactsReader::new(tenant(), &history, fields)
            .unwrap()
            .read(asked)
            .unwrap()
    }

    fn past_of(name: &str, field: &str, at: i64) -> (Option<FieldValue>, Option<Doubt>) {
        let account = id(&format!(
            "select id::text from cs.accounts where name = '{name}'"
        ));
        let field = Field::find(field).unwrap();
        let facts = past(&[AskedMoment::new(account, at)], &[&field])
            .pop()
            .unwrap()
            .unwrap();
        (facts.value(&field), facts.doubt(&field))
    }

    /// A statement that changes something, or is refused.
    fn try_to(statement: &str) {
        run(&format!(
            "do $do$ begin execute $statement${statement}$statement$; exception when others then
                if sqlstate not in ('22023', '23503', '23505', '55000', 'P0002', '27000') then raise; end if;
             end $do$"
        ));
    }

    fn populate(dice: &mut Dice) {
        run(WORLD);
        run("update cs.playbooks set is_active = false");
        for number in 0..16 {
            run(&format!(
                "insert into cs.accounts (tenant_id, name, external_id, crm_attributes)
                 select id, 'N{number}', 'E{number}', '{}' from cs.tenants where slug = 'one'",
                attributes(dice)
            ));
        }
        run("insert into cs.stage_milestones (tenant_id, stage_id, title, due_after_days, is_required)
             select tenant_id, id, title, due, false from cs.journey_stages, (values ('Soon', 2), ('Later', 15), ('Any', null)) as it (title, due)");
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
             select tenant_id, id, kind, abs(hashtext(id::text || kind::text || hours)) % 9,
                now() - (hours * 17 + abs(hashtext(id::text)) % 12) * interval '1 hour'
             from cs.accounts, unnest(enum_range(null::cs.metric_type)) as kind, generate_series(1, 60) as hours
             where abs(hashtext(id::text || kind::text)) % 4 > 0 and abs(hashtext(id::text || kind::text || hours)) % 3 = 0");
    }

    fn attributes(dice: &mut Dice) -> String {
        let mut all = vec![format!(
            "\"x\": {}",
            dice.pick(&["1", "\"a\"", "[\"b\", 2]", "1e30", "null", "true"])
        )];
        if !dice.once_in(3) {
            all.push(format!(
                "\"arr\": {}",
                dice.pick(&["0", "\"12.50\"", "5000", "100000", "0.1"])
            ));
        }
        if !dice.once_in(3) {
            let day = text(&format!("select (now()::date + {})::text", dice.roll(90))).unwrap();
            all.push(format!("\"contract_end_date\": \"{day}\""));
        }
        if dice.once_in(2) {
            all.push(format!(
                "\"industry\": \"{}\"",
                dice.pick(&["Steel", "Wool", "É"])
            ));
        }
        if dice.once_in(2) {
            all.push(format!(
                "\"plan\": {{\"tier\": \"{}\"}}",
                dice.pick(&["gold", "silver"])
            ));
        }
        format!("{{{}}}", all.join(", "))
    }

    fn change_something(dice: &mut Dice, account: Uuid) {
        let of = format!("where id = '{account}'");
        let tenant = tenant();
        let statement = match dice.roll(16) {
            0 => format!("update cs.accounts set name = 'R{}' {of}", dice.roll(1_000_000)),
            1 => format!("update cs.accounts set external_id = nullif('X{0}', 'X0') {of}", dice.roll(30)),
            2 => format!("update cs.accounts set csm_id = (select user_id from cs.profiles where tenant_id = '{tenant}' and {}) {of}", dice.once_in(2)),
            3 => {
                let all = accounts();
                let parent = dice.pick(&all);
                let parent = match dice.once_in(3) {
                    true => "null".to_owned(),
                    false => format!("'{parent}'"),
                };
                format!("update cs.accounts set parent_id = {parent} {of}")
            }
            4 => format!("update cs.accounts set status = '{}' {of}", dice.pick(&["Active", "Paused", "Churned"])),
            5 | 6 => format!("update cs.accounts set crm_attributes = '{}' {of}", attributes(dice)),
            7 | 8 => format!(
                "update cs.accounts set current_stage = (select name from cs.journey_stages where tenant_id = '{tenant}' order by display_order offset {} limit 1) {of}",
                dice.roll(6)
            ),
            9 => format!("select cs.undo_stage_move((select id from cs.journey_history where account_id = '{account}' and exited_at is null))"),
            10 | 11 => format!(
                "insert into cs.health_scores (
                    tenant_id, account_id, overall_score, usage_score, engagement_score, support_score, adoption_score, confidence, inputs
                 ) values (
                    '{tenant}', '{account}', {}, {}, {}, {}, {}, {},
                    '{{\"seats\": {}, \"urgent_open_days\": {}.25, \"seat_share\": 7, \"usage_trend\": 0, \"usage_of_best\": {}}}'
                 )",
                dice.roll(101), dice.pick(&["null", "10", "77"]), dice.roll(101), dice.pick(&["null", "20", "50"]), dice.roll(101),
                dice.pick(&["null", "'low'", "'high'"]), dice.roll(50), dice.roll(9), dice.roll(101)
            ),
            12 => format!(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
                 values ('{tenant}', '{account}', '{}', {}, clock_timestamp())",
                dice.pick(&["logins", "feature_usage", "api_calls", "support_tickets"]), dice.roll(4)
            ),
            13 => format!("insert into cs.activities (tenant_id, account_id, kind, body) values ('{tenant}', '{account}', '{}', 'It')", dice.pick(&["call", "note", "task"])),
            14 => format!(
                "insert into cs.account_milestones (tenant_id, account_id, milestone_id)
                 select tenant_id, '{account}', id from cs.stage_milestones where tenant_id = '{tenant}' order by md5(id::text || '{}') limit 3 on conflict do nothing",
                dice.roll(9)
            ),
            _ => format!("update cs.activities set done_at = clock_timestamp() where account_id = '{account}' and kind = 'task' and done_at is null"),
        };
        try_to(&statement);
    }

    /// What is not about one account.
    fn change_the_tenant(dice: &mut Dice) {
        let tenant = tenant();
        let stage = format!(
            "(select id from cs.journey_stages where tenant_id = '{tenant}' order by display_order offset {} limit 1)",
            dice.roll(4)
        );
        let days = ["null", "1", "3", "9", "40"];
        let statement = match dice.roll(7) {
            0 => format!(
                "update cs.journey_stages set target_duration_days = {} where id = {stage}",
                dice.pick(&days)
            ),
            1 => format!(
                "update cs.journey_stages set name = 'Stage {}' where id = {stage}",
                dice.roll(1_000_000)
            ),
            2 => format!(
                "update cs.stage_milestones set due_after_days = {} where stage_id = {stage} and title <> 'Any'",
                dice.pick(&days)
            ),
            3 => format!(
                "update cs.stage_milestones set is_active = {} where stage_id = {stage} and title = 'Soon'",
                dice.once_in(2)
            ),
            4 => format!(
                "update cs.tenants set settings = settings || '{{\"time_zone\": \"{}\"}}' where id = '{tenant}'",
                dice.pick(&["UTC", "Asia/Tokyo", "America/Phoenix", "Pacific/Kiritimati"])
            ),
            5 => format!(
                "update cs.tenants set settings = settings || '{{\"parent_arr_includes_children\": {}}}' where id = '{tenant}'",
                dice.once_in(2)
            ),
            _ => {
                let from = dice.roll(20);
                let periods = text(&format!(
                    "select jsonb_build_array(jsonb_build_object('from', (now()::date - {from})::text, 'to', (now()::date - {from} + {})::text))::text",
                    dice.roll(5)
                ));
                format!(
                    "insert into cs.health_models (tenant_id, quiet_periods, created_at) values ('{tenant}', '{}', clock_timestamp())",
                    periods.unwrap()
                )
            }
        };
        try_to(&statement);
    }

    #[pg_test]
    fn what_was_remembered_is_what_the_past_says() {
        let mut compared = HashMap::<String, usize>::new();
        for seed in 1..=3 {
            let mut dice = Dice(seed);
            if seed > 1 {
                run(
                    "update cs.tenants set slug = 'old' || id where slug in ('one', 'two'); update cs.users set email = 'old' || id || '@x.test'",
                );
            }
            populate(&mut dice);
            let criteria = every_field();
            let mut remembered: Vec<(i64, HashMap<Uuid, FieldValues>)> = Vec::new();
            for _ in 0..6 {
                let all = accounts();
                for _ in 0..60 {
                    let account = *dice.pick(&all);
                    change_something(&mut dice, account);
                    if dice.once_in(8) {
                        change_the_tenant(&mut dice);
                    }
                }
                let days = *dice.pick(&[1, 1, 2, 4, 11, 35]);
                let_days_pass(days);
                for (at, _) in &mut remembered {
                    *at -= days * DAY;
                }
                let values =
                    read_values(Some(tenant()), &all, &criteria, Sight::Transaction).unwrap();
                remembered.push((now(), values));
            }
            let fields = criteria.fields();
            for (at, values) in &remembered {
                let asked = values
                    .keys()
                    .map(|it| AskedMoment::new(*it, *at))
                    .collect::<Vec<_>>();
                for (it, facts) in asked.iter().zip(past(&asked, &fields)) {
                    let (facts, was) = (facts.unwrap(), &values[&it.account]);
                    for field in &fields {
                        let doubt = facts.doubt(field);
                        // A day of the calendar has moved with everything else.
                        let was = was.value(field).map(|it| match it {
                            FieldValue::Date(day) => {
                                FieldValue::Date(day - chrono::Duration::microseconds(now() - at))
                            }
                            other => other,
                        });
                        assert_eq!(
                            facts.value(field),
                            was,
                            "seed {seed}, {} of {} {} days ago, {doubt:?}",
                            field.name(),
                            it.account,
                            (now() - at) / DAY
                        );
                        assert_eq!(doubt, None, "{}", field.name());
                        *compared.entry(field.name()).or_default() += usize::from(was.is_some());
                    }
                }
            }
        }
        for field in every_field().fields() {
            let name = field.name();
            let least = if name == "crm_attributes.none" { 0 } else { 20 };
            assert!(compared[&name] >= least, "{name}: {}", compared[&name]);
        }
    }

    #[pg_test]
    fn what_history_cannot_know_is_said() {
        run(WORLD);
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 50 from cs.accounts",
        );
        run("update cs.accounts set crm_attributes = '{\"arr\": 10}' where name = 'First'");
        let_days_pass(10);
        let day = |days: i64| now() - days * DAY;
        let number = |it: i64| Some(FieldValue::Number(it.into()));
        assert_eq!(past_of("First", "arr", day(9)), (number(10), None));
        assert_eq!(past_of("First", "health_score", day(9)), (number(50), None));
        // Before the account was recorded its row is as it was first, and what comes by events is missing.
        assert_eq!(past_of("First", "arr", day(11)), (None, Some(Doubt::Row)));
        assert_eq!(past_of("First", "status", day(11)).1, Some(Doubt::Row));
        assert_eq!(
            past_of("First", "stage", day(11)),
            (None, Some(Doubt::Stay))
        );
        assert_eq!(
            past_of("First", "counted_arr", day(11)),
            (number(0), Some(Doubt::Arr))
        );
        assert_eq!(past_of("First", "health_score", day(11)), (None, None));
        assert_eq!(past_of("First", "logins_30d", day(11)), (None, None));
        // A score that ended without another one.
        run(
            "update cs.health_scores set is_current = false where account_id = (select id from cs.accounts where name = 'First')",
        );
        assert_eq!(
            past_of("First", "health_score", day(9)),
            (number(50), Some(Doubt::Score))
        );
        assert_eq!(
            past_of("Second", "health_score", day(9)),
            (number(50), None)
        );
        // A touch that was changed later.
        run(
            "insert into cs.activities (tenant_id, account_id, kind, body) select tenant_id, id, 'note', 'It' from cs.accounts where name = 'First'",
        );
        let_days_pass(3);
        assert_eq!(
            past_of("First", "days_since_touch", day(1)),
            (number(1), None)
        );
        run("update cs.activities set at = at - interval '1 day'");
        assert_eq!(
            past_of("First", "days_since_touch", day(1)).1,
            Some(Doubt::Touch)
        );
        run("delete from cs.activities");
        assert_eq!(
            past_of("First", "days_since_touch", day(1)).1,
            Some(Doubt::Touch)
        );
        assert_eq!(past_of("Second", "days_since_touch", day(1)).1, None);
    }

    #[pg_test]
    fn an_account_that_is_gone_has_no_facts_and_one_of_another_tenant_none_either() {
        run(WORLD);
        let other = id("select id::text from cs.accounts where name = 'Other'");
        let field = Field::find("name").unwrap();
        let asked = [
            AskedMoment::new(other, now()),
            AskedMoment::new(tenant(), now()),
        ];
        assert!(past(&asked, &[&field]).iter().all(Option::is_none));
        assert!(number("select count(*) from cs.accounts") > 0);
    }
}
