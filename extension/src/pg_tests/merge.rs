//! Two accounts that are one customer: what becomes of each kind of what they had, and who may merge them.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{
        WORLD, become_person, fails_with, hint_of, hire_colleagues, lines, number, run, text,
    };
    use pgrx::prelude::*;

    /// First and Second of tenant one are the same customer; First is kept.
    fn world() {
        run(WORLD);
        hire_colleagues();
        run(
            "create temp table ids on commit drop as select tenant_id, id, name from cs.accounts;
             grant select on ids to public",
        );
    }

    fn act_as(email: &str) {
        run("reset role");
        become_person(email);
        run("set local role cs_member");
    }

    fn id(name: &str) -> String {
        format!("(select id from pg_temp.ids where name = '{name}')")
    }

    fn merge(keep: &str, merged: &str, dry: bool) -> String {
        format!(
            "select cs.merge_accounts({}, {}, {dry})",
            id(keep),
            id(merged)
        )
    }

    fn merged() -> String {
        act_as("ada@one.test");
        let answer = text(&format!("{}::text", merge("First", "Second", false))).unwrap();
        run("reset role");
        answer
    }

    /// Whose it is, of every kind.
    fn fill() {
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, event_id)
             select tenant_id, id, 'logins', 3, name from cs.accounts where name in ('First', 'Second');
             insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, score from cs.accounts, unnest(array[90, 20]) as score where name in ('First', 'Second');
             insert into cs.contacts (tenant_id, account_id, full_name, email, phone, title, is_primary)
             select account.tenant_id, account.id, who.full_name, who.email, who.phone, who.title, who.is_primary
             from (values ('First', 'Ann', 'ann@x.test', null, 'CTO', false), ('First', 'Bo', 'bo@x.test', null, null, true),
                ('Second', 'Ann B', 'ANN@x.test', '1', 'CEO', true), ('Second', 'Cy', null, null, null, false),
                ('Second', 'Di', 'di@x.test', null, null, false)) as who (account, full_name, email, phone, title, is_primary)
             join cs.accounts as account on account.name = who.account;
             insert into cs.activities (tenant_id, account_id, kind, body)
             select tenant_id, id, kind, kind from cs.accounts, unnest(array['task', 'call', 'note']) as kind where name = 'Second';
             insert into cs.account_members (tenant_id, account_id, user_id)
             select account.tenant_id, account.id, person.id from cs.accounts as account, cs.users as person
             where (account.name, person.email) in (('First', 'paul@one.test'), ('Second', 'paul@one.test'), ('Second', 'cleo@one.test'));
             insert into cs.stage_milestones (tenant_id, stage_id, title)
             select tenant_id, id, title from cs.journey_stages, unnest(array['A', 'B']) as title
             where name = 'Onboarding' and tenant_id = (select id from cs.tenants where slug = 'one');
             insert into cs.account_milestones (tenant_id, account_id, milestone_id)
             select account.tenant_id, account.id, milestone.id from cs.accounts as account, cs.stage_milestones as milestone
             where (account.name, milestone.title) in (('First', 'A'), ('Second', 'A'), ('Second', 'B'));
             insert into cs.accounts (tenant_id, name, parent_id) select tenant_id, 'Child', id from cs.accounts where name = 'Second';
             update cs.accounts set crm_attributes = '{\"arr\": 100, \"industry\": \"\", \"region\": null}' where name = 'First';
             update cs.accounts set crm_attributes = '{\"arr\": 70, \"industry\": \"Retail\", \"region\": \"EU\", \"seats\": 5}', external_id = 'S-2',
                csm_id = (select id from cs.users where email = 'paul@one.test') where name = 'Second';
             update cs.accounts set current_stage = 'Adoption' where name = 'Second'");
    }

    #[pg_test]
    fn everything_of_the_merged_account_is_the_other_ones() {
        world();
        fill();
        let of_second = |table: &str| {
            number(&format!(
                "select count(*) from cs.{table} where account_id = {}",
                id("Second")
            ))
        };
        let (runs, deliveries) = (of_second("playbook_executions"), of_second("webhook_queue"));
        assert!(runs > 1 && deliveries > 1);
        let stays = number(&format!(
            "select count(*) from cs.journey_history where account_id in ({}, {})",
            id("First"),
            id("Second")
        ));
        act_as("ada@one.test");
        let tried = text(&format!("{}::text", merge("First", "Second", true))).unwrap();
        run("reset role");
        assert_eq!(
            number(
                "select count(*) from cs.accounts where name = 'Second' and external_id = 'S-2'"
            ),
            1
        );
        assert_eq!(of_second("contacts"), 3);
        assert_eq!(
            number("select count(*) from cs.audit_log where reason is not null"),
            0
        );
        let answer = merged();
        assert_eq!(tried, answer);
        let value = |key: &str| {
            text(&format!("select '{answer}'::jsonb #>> '{{{key}}}'")).unwrap_or_default()
        };
        for (key, expected) in [
            ("usage", "1"),
            ("health_scores", "2"),
            ("health_overrides", "0"),
            ("journey", "2"),
            ("contacts,joined", "1"),
            ("contacts,moved", "2"),
            ("tasks", "1"),
            ("activities", "2"),
            ("members", "1"),
            ("milestones", "1"),
            ("children", "1"),
            ("saved_views", "0"),
            ("parent", ""),
            (
                "attributes",
                r#"["csm_id", "crm_attributes.industry", "crm_attributes.region", "crm_attributes.seats", "external_id"]"#,
            ),
        ] {
            assert_eq!(value(key), expected, "{key}: {answer}");
        }
        assert_eq!(value("runs"), runs.to_string());
        assert_eq!(value("deliveries"), deliveries.to_string());
        for table in [
            "usage_metrics",
            "health_scores",
            "contacts",
            "activities",
            "account_members",
            "account_milestones",
            "journey_history",
            "arr_history",
            "playbook_executions",
            "webhook_queue",
        ] {
            assert_eq!(of_second(table), 0, "{table}");
        }
        assert_eq!(
            lines(
                "select concat_ws(' ', full_name, email, phone, title, is_primary) from cs.contacts order by full_name"
            ),
            [
                "Ann ann@x.test 1 CTO f",
                "Bo bo@x.test t",
                "Cy f",
                "Di di@x.test f"
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', name, external_id, crm_attributes - 'arr', arr) from cs.accounts where name = 'First'"
            ),
            [r#"First S-2 {"seats": 5, "region": "EU", "industry": "Retail"} 100"#]
        );
        assert_eq!(
            number(&format!(
                "select sum(total)::int8 from cs.usage_daily_changes where account_id = {}",
                id("First")
            )),
            6
        );
        assert_eq!(
            number("select count(*) from cs.health_scores where is_current"),
            1
        );
        assert_eq!(
            number(&format!(
                "select count(*) from cs.journey_history where account_id = {}",
                id("First")
            )),
            stays
        );
        assert_eq!(
            lines(
                "select to_stage from cs.journey_history as stay join cs.accounts as account on account.id = stay.account_id where exited_at is null and account.name = 'First'"
            ),
            ["Onboarding"]
        );
        assert_eq!(
            lines(
                "select child.name || ' ' || (child.hierarchy_path = parent.id || '/' || child.id) from cs.accounts as child join cs.accounts as parent on parent.id = child.parent_id where parent.name = 'First'"
            ),
            ["Child true"]
        );
        assert!(
            number(&format!(
                "select count(*) from cs.health_dirty where account_id = {}",
                id("First")
            )) > 0
        );
        assert_eq!(
            lines(&format!("select concat_ws(' ', gone.name, gone.external_id, gone.merged_into = {0}, entry.reason = 'merged into \"First\" (' || {0} || ')')
                from cs.deleted_accounts as gone join cs.audit_log as entry on entry.row_key ->> 'id' = gone.id::text and entry.action = 'delete'", id("First"))),
            ["Second S-2 t t"]
        );
    }

    #[pg_test]
    fn arr_of_the_past_is_the_sum_of_both() {
        world();
        run(
            "update cs.accounts set crm_attributes = '{\"arr\": 100}' where name in ('First', 'Second')",
        );
        run("delete from cs.arr_history");
        run("insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
             select account.tenant_id, account.id, step.arr, now() - step.since, now() - step.until
             from (values ('First', 40, interval '300 days', interval '100 days'), ('First', 100, '100 days', null),
                ('Second', 70, '200 days', '150 days'), ('Second', 0, '150 days', '100 days'), ('Second', 100, '100 days', null)
             ) as step (name, arr, since, until)
             join cs.accounts as account on account.name = step.name");
        let sums = "select days || ' ' || (select sum(start_arr) from cs.arr_between(now() - days * interval '1 day', 'infinity'))
            from unnest(array[350, 250, 175, 120, 50, 1]) as days";
        let before = lines(sums);
        assert_eq!(
            before,
            ["350 0", "250 40", "175 110", "120 40", "50 200", "1 200"]
        );
        merged();
        assert_eq!(lines(sums), before);
        assert_eq!(
            lines("select concat_ws(' ', history.arr, valid_until is null, valid_from = lag(valid_until) over (order by valid_from))
                from cs.arr_history as history join cs.accounts as account on account.id = history.account_id where account.name = 'First' order by valid_from"),
            ["40 f", "110 f t", "40 f t", "200 f t", "100 t t"]
        );
    }

    #[pg_test]
    fn the_kept_account_takes_the_place_of_its_parent() {
        world();
        run("insert into cs.accounts (tenant_id, name) select tenant_id, 'Top' from pg_temp.ids where name = 'First';
             update cs.accounts set parent_id = (select id from cs.accounts where name = 'Top') where name = 'Second';
             update cs.accounts set parent_id = (select id from cs.accounts where name = 'Second') where name = 'First';
             insert into cs.accounts (tenant_id, name, parent_id) select tenant_id, 'Sister', parent_id from cs.accounts where name = 'First'");
        let answer = merged();
        assert!(answer.contains("\"children\": 1"), "{answer}");
        assert_eq!(
            lines("select concat_ws(' under ', child.name, parent.name) || ' ' || child.hierarchy_level from cs.accounts as child
                left join cs.accounts as parent on parent.id = child.parent_id where child.name <> 'Other' order by 1"),
            ["First under Top 1", "Sister under First 2", "Top 0"]
        );
    }

    #[pg_test]
    fn a_child_merged_into_its_parent_leaves_its_children_there() {
        world();
        run("update cs.accounts set parent_id = (select id from cs.accounts where name = 'First') where name = 'Second';
             insert into cs.accounts (tenant_id, name, parent_id) select tenant_id, 'Grandchild', id from cs.accounts where name = 'Second'");
        merged();
        assert_eq!(
            lines(
                "select child.name from cs.accounts as child join cs.accounts as parent on parent.id = child.parent_id where parent.name = 'First'"
            ),
            ["Grandchild"]
        );
    }

    #[pg_test]
    fn a_circle_is_refused() {
        world();
        run("insert into cs.accounts (tenant_id, name, parent_id) select tenant_id, 'Between', id from cs.accounts where name = 'Second';
             update cs.accounts set parent_id = (select id from cs.accounts where name = 'Between') where name = 'First'");
        act_as("ada@one.test");
        assert_eq!(
            fails_with(&merge("First", "Second", false)),
            "22023 the account to keep stands below subsidiaries of the other one, which would become its own"
        );
        assert_eq!(
            hint_of(&merge("First", "Second", true)),
            "22023 Move it next to the other account first, or keep the other one."
        );
    }

    #[pg_test]
    fn only_a_tenant_admin_merges_two_accounts_of_one_tenant() {
        world();
        for person in ["paul", "vera"] {
            act_as(&format!("{person}@one.test"));
            assert_eq!(
                fails_with(&merge("First", "Second", true)),
                "42501 your role may not delete or merge accounts",
                "{person}"
            );
        }
        for person in ["cleo@one.test", "ben@two.test"] {
            act_as(person);
            assert_eq!(
                fails_with(&merge("First", "Second", true)),
                "P0002 no such account",
                "{person}"
            );
        }
        act_as("ada@one.test");
        for (keep, merged) in [("First", "Other"), ("Other", "First")] {
            assert_eq!(
                fails_with(&merge(keep, merged, true)),
                "P0002 no such account"
            );
        }
        for arguments in ["null, null", "null, gen_random_uuid()"] {
            assert_eq!(
                fails_with(&format!("select cs.merge_accounts({arguments})")),
                "P0002 no such account"
            );
        }
        assert_eq!(
            fails_with(&format!("select cs.merge_accounts({}, null)", id("First"))),
            "P0002 no such account"
        );
        assert_eq!(
            fails_with(&merge("First", "First", true)),
            "22023 an account cannot be merged with itself"
        );
        run("reset role");
        assert_eq!(
            fails_with(&merge("First", "Other", true)),
            "22023 accounts of two tenants cannot be merged"
        );
        merged();
        act_as("ada@one.test");
        assert_eq!(
            fails_with(&merge("First", "Second", false)),
            "P0002 no such account"
        );
    }

    #[pg_test]
    fn views_that_name_the_merged_account_name_the_other_one() {
        world();
        run("insert into cs.saved_views (tenant_id, owner_id, page, name, criteria)
             select account.tenant_id, person.id, 'accounts', 'Family', jsonb_build_object('field', 'parent', 'op', 'eq', 'value', account.id)
             from cs.accounts as account, cs.users as person where account.name = 'Second' and person.email = 'paul@one.test'");
        let answer = merged();
        assert!(answer.contains("\"saved_views\": 1"), "{answer}");
        assert_eq!(
            number(&format!(
                "select count(*) from cs.saved_views where criteria ->> 'value' = {}::text",
                id("First")
            )),
            1
        );
    }
}
