//! What becomes of what an account had once it is deleted, and who may delete one.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{
        WORLD, become_person, fails_with, hint_of, hire_colleagues, lines, number, run, text,
    };
    use pgrx::prelude::*;

    const FIRST: &str = "(select id from pg_temp.ids where name = 'First')";

    /// Colleagues of every role, and accounts that paid: First until it was lost, Second always, a family whose head includes its child.
    fn world(includes_children: bool) {
        run(WORLD);
        hire_colleagues();
        run("insert into cs.accounts (tenant_id, name)
             select id, 'Head' from cs.tenants where slug = 'one';
             insert into cs.accounts (tenant_id, name, parent_id)
             select tenant_id, 'Child', id from cs.accounts where name = 'Head';
             update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name = 'First';
             create temp table ids on commit drop as select id, name from cs.accounts;
             grant select on ids to public");
        run(&format!(
            "update cs.tenants set settings = '{{\"parent_arr_includes_children\": {includes_children}}}' where slug = 'one'"
        ));
        run("update cs.accounts set crm_attributes = '{\"arr\": 30000}' where name <> 'First'");
        run(
            "update cs.accounts set crm_attributes = '{\"arr\": 60000}', status = 'Churned' where name = 'First'",
        );
        run("delete from cs.arr_history");
        run("insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
             select account.tenant_id, account.id, step.arr, now() - step.since, now() - step.until
             from (values ('First', 60000, interval '300 days', interval '20 days'), ('First', 0, '20 days', null),
                ('Second', 30000, '300 days', null), ('Head', 30000, '200 days', null), ('Child', 20000, '150 days', null)
             ) as step (name, arr, since, until)
             join cs.accounts as account on account.name = step.name");
    }

    fn act_as(email: &str) {
        run("reset role");
        become_person(email);
        run("set local role cs_member");
    }

    /// All sums of the past, as who sees all accounts reads them.
    fn past() -> Vec<String> {
        act_as("vera@one.test");
        let sums = lines(
            "select it::text from cs.retention_between(now() - interval '100 days', now() - interval '10 days') as it
             union all select it::text from cs.retention_between(now() - interval '250 days', now() - interval '120 days') as it
             union all select it::text from cs.arr_bridge_between(now() - interval '400 days', now() - interval '1 day') as it
             union all select it::text from cs.retention as it where month < date_trunc('month', now() - interval '1 day')
             union all select (cohort, months_since, accounts_started, accounts, arr)::text from cs.cohorts as it
                where cohort + months_since * interval '1 month' < date_trunc('month', now() - interval '1 day')
             union all select (retained ->> 'grr_before')::text
                from (select cs.executive_dashboard(null, now() - interval '30 days', null) #> '{kpis,retention}' as retained) as it",
        );
        run("reset role");
        sums
    }

    fn delete(account: &str, reason: &str) -> String {
        format!(
            "select cs.delete_account((select id from pg_temp.ids where name = '{account}'), {reason})"
        )
    }

    #[pg_test]
    fn the_past_stays_what_it_was_once_a_lost_customer_is_deleted() {
        world(false);
        let before = past();
        assert!(
            before[0].starts_with("(140000,80000,80000,0.5714"),
            "{before:?}"
        );
        become_person("ada@one.test");
        act_as("ada@one.test");
        run(&delete("First", "'asked for it'"));
        assert_eq!(past(), before);
        assert_eq!(
            number("select count(*) from cs.accounts where name = 'First'"),
            0
        );
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', arr, valid_until is null) from cs.arr_history where account_id = {FIRST} order by valid_from"
            )),
            ["60000 f", "0 t"]
        );
    }

    #[pg_test]
    fn families_keep_their_sums_without_a_child_and_then_without_its_head() {
        world(true);
        let before = past();
        for name in ["Child", "Head"] {
            act_as("ada@one.test");
            run(&delete(name, "'closed'"));
            assert_eq!(past(), before, "{name}");
        }
    }

    #[pg_test]
    fn what_a_deleted_account_paid_is_lost_from_then_on() {
        world(false);
        run("delete from cs.accounts where name = 'Second'");
        act_as("vera@one.test");
        assert_eq!(
            text("select concat_ws(' ', start_arr, end_arr, accounts_lost) from cs.retention_between(now() - interval '10 days', 'infinity')").as_deref(),
            Some("80000 50000 1")
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', arr, valid_until is null) from cs.arr_history where account_id = (select id from pg_temp.ids where name = 'Second') order by valid_from"
            ),
            ["30000 f", "0 t"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', name, root_id = id, coalesce(reason, 'none')) from cs.deleted_accounts"
            ),
            ["Second t none"]
        );
    }

    #[pg_test]
    fn an_account_that_comes_back_goes_on_with_its_history() {
        world(false);
        run(
            "create temp table kept on commit drop as select tenant_id, id, name, crm_attributes from cs.accounts where name = 'Second'",
        );
        run("delete from cs.accounts where name = 'Second'");
        run(
            "insert into cs.accounts (tenant_id, id, name, crm_attributes) select tenant_id, id, name, crm_attributes from pg_temp.kept",
        );
        assert_eq!(number("select count(*) from cs.deleted_accounts"), 0);
        assert_eq!(
            lines(
                "select concat_ws(' ', arr, valid_until is null) from cs.arr_history where account_id = (select id from pg_temp.ids where name = 'Second') order by valid_from"
            ),
            ["30000 f", "30000 t"]
        );
    }

    #[pg_test]
    fn runs_and_deliveries_stay_for_who_sees_all_accounts() {
        world(false);
        run("update cs.accounts set status = 'Active' where name = 'First'");
        run(&format!(
            "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, score from cs.accounts, unnest(array[90, 20]) as score where id = {FIRST}"
        ));
        let pending = number("select count(*) from cs.webhook_queue where status = 'pending'");
        assert!(pending > 0);
        act_as("cleo@one.test");
        assert!(number("select count(*) from cs.execution_log where account_name = 'First'") > 0);
        act_as("ada@one.test");
        run(&delete("First", "E'  closed\\n'"));
        for (person, sees) in [
            ("ada", true),
            ("paul", true),
            ("cleo", false),
            ("vera", false),
        ] {
            act_as(&format!("{person}@one.test"));
            for view in ["execution_log", "webhook_deliveries"] {
                let left = number(&format!(
                    "select count(*) from cs.{view} where account_name = 'First' and account_id = {FIRST}"
                ));
                assert_eq!(left > 0, sees, "{person} {view}");
            }
        }
        for (person, sees) in [
            ("ada", true),
            ("paul", true),
            ("cleo", false),
            ("vera", true),
        ] {
            act_as(&format!("{person}@one.test"));
            for table in ["arr_history where account_id", "deleted_accounts where id"] {
                let left = number(&format!("select count(*) from cs.{table} = {FIRST}"));
                assert_eq!(left > 0, sees, "{person} {table}");
            }
        }
        run("reset role");
        assert_eq!(
            number("select count(*) from cs.webhook_queue where status = 'pending'"),
            pending
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', action, table_name, before ->> 'name', reason) from cs.audit_log where reason is not null"
            ),
            ["delete accounts First closed"]
        );
        assert_eq!(
            number(&format!(
                "select count(*) from cs.playbook_executions where account_id = {FIRST} and is_open"
            )),
            0
        );
    }

    #[pg_test]
    fn only_a_tenant_admin_deletes_and_says_why() {
        world(false);
        for person in ["paul", "cleo", "vera"] {
            act_as(&format!("{person}@one.test"));
            let visible = if person == "cleo" { "First" } else { "Second" };
            assert_eq!(
                fails_with(&delete(visible, "'no'")),
                "42501 your role may not delete or merge accounts",
                "{person}"
            );
        }
        for person in ["cleo@one.test", "ben@two.test"] {
            act_as(person);
            assert_eq!(
                fails_with(&delete("Second", "'no'")),
                "P0002 no such account",
                "{person}"
            );
        }
        act_as("ada@one.test");
        assert_eq!(
            fails_with(&delete("Other", "'no'")),
            "P0002 no such account"
        );
        assert_eq!(
            fails_with("select cs.delete_account(null, 'no')"),
            "P0002 no such account"
        );
        assert_eq!(
            fails_with("select cs.delete_account(gen_random_uuid(), null)"),
            "P0002 no such account"
        );
        for reason in ["null", "''", "E' \\n'"] {
            assert_eq!(
                fails_with(&delete("Second", reason)),
                "22023 say why the account is deleted"
            );
        }
        assert_eq!(
            fails_with(&delete("Head", "'no'")),
            "23503 an account that has subsidiaries cannot be deleted: 1 stand below it"
        );
        assert_eq!(
            hint_of(&delete("Head", "'no'")),
            "23503 Delete them or move them elsewhere first."
        );
        run("reset role");
        assert_eq!(number("select count(*) from cs.accounts"), 5);
        assert_eq!(fails_with(&delete("Second", "'by hand'")), "nothing");
    }
}
