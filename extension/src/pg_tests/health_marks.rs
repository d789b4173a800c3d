//! What marks an account to be computed again, and whether stored usage is read correctly.

#[pgrx::pg_schema]
mod tests {
    use crate::health::PassProgress;
    use crate::pg_tests::health::{
        compute_marked_accounts, daily, health_world, import, refresh, refresh_all,
        run_daily_passes, scores,
    };
    use crate::pg_tests::{become_person, lines, number, run};
    use pgrx::prelude::*;

    /// The marks since this was last asked, as name and whether usage arrived.
    fn marks() -> Vec<String> {
        let marked = lines(
            "select name || case when by_usage then ' by usage' else '' end
             from cs.health_dirty join cs.accounts as account on account.id = account_id order by 1",
        );
        run("delete from cs.health_dirty");
        marked
    }

    #[pg_test]
    fn a_statement_marks_each_of_its_accounts_once() {
        health_world();
        run(
            "insert into cs.accounts (tenant_id, name)
             select id, 'Bulk ' || number from cs.tenants, generate_series(1, 40) as number where slug = 'one'",
        );
        run(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
             select account.tenant_id, account.id, 'logins', 1
             from generate_series(1, 1000) as number
             join cs.accounts as account on account.name = 'Bulk ' || 1 + number % 40",
        );
        assert_eq!(number("select count(*) from cs.health_dirty"), 40);
        assert_eq!(
            number("select count(*) from cs.health_dirty where by_usage"),
            40
        );
        compute_marked_accounts();
        assert_eq!(number("select count(*) from cs.health_dirty"), 0);
        assert_eq!(
            number("select count(*) from cs.health_current where account_name like 'Bulk %'"),
            40
        );
    }

    #[pg_test]
    fn usage_that_changes_or_goes_marks_too() {
        health_world();
        run("update cs.usage_metrics set metric_value = 1 where metric_type = 'logins'");
        assert_eq!(marks(), ["First by usage"]);
        run(
            "update cs.usage_metrics set account_id = (select id from cs.accounts where name = 'Second')
             where metric_type = 'logins'",
        );
        assert_eq!(marks(), ["First by usage", "Second by usage"]);
        run("delete from cs.usage_metrics where recorded_at < now() - interval '100 days'");
        assert_eq!(marks(), ["First", "Second"]);
        run("delete from cs.usage_metrics where metric_value < 0");
        assert_eq!(marks(), Vec::<String>::new());
        run("truncate cs.usage_metrics");
    }

    #[pg_test]
    fn an_account_that_goes_takes_its_marks_no_further() {
        health_world();
        daily("Second", "logins", "1", 3, 0);
        run("delete from cs.journey_history");
        run("delete from cs.accounts where name = 'Second'");
        compute_marked_accounts();
        assert_eq!(number("select count(*) from cs.health_dirty"), 0);
    }

    #[pg_test]
    fn seats_mark_and_names_only_where_there_are_caps() {
        health_world();
        let change = |what: &str| {
            run(&format!(
                "update cs.accounts set {what} where name like 'First%'"
            ));
            marks()
        };
        assert_eq!(change("crm_attributes = '{\"seats\": 5}'"), ["First"]);
        // The caps of a new tenant ask whether programs alone use it.
        assert_eq!(
            change("crm_attributes = '{\"seats\": 5, \"arr\": 9}'"),
            ["First"]
        );
        assert_eq!(change("name = 'First again'"), Vec::<String>::new());
        assert_eq!(change("current_stage = 'Adoption'"), Vec::<String>::new());
        assert_eq!(change("status = 'Paused'"), Vec::<String>::new());
        assert_eq!(change("status = 'Churned'"), ["First again"]);
        assert_eq!(change("status = 'Active'"), ["First again"]);
        become_person("ada@one.test");
        run(
            r#"select cs.publish_health_model('{"caps": [{"when": {"any": [{"field": "arr", "op": "gt", "value": 5}, {"field": "name", "op": "eq", "value": "x"}]}, "max": 9, "reason": "x"}]}')"#,
        );
        for what in [
            "name = 'First'",
            "current_stage = 'Renewal'",
            "status = 'Paused'",
            "crm_attributes = crm_attributes || '{\"arr\": 10}'",
            "csm_id = null",
            "external_id = 'F'",
        ] {
            assert_eq!(change(what), ["First"], "{what}");
            assert_eq!(change(what), Vec::<String>::new(), "{what}, again");
        }
        run("update cs.accounts set name = 'Another' where name = 'Other'");
        assert_eq!(marks(), Vec::<String>::new());
    }

    #[pg_test]
    fn marks_of_an_import_come_before_or_after_it() {
        health_world();
        daily("First", "logins", "1", 0, 0);
        import("First", 66);
        run("update cs.accounts set crm_attributes = '{\"seats\": 5}' where name = 'First'");
        compute_marked_accounts();
        assert_eq!(scores("First"), ["66 - imported - current"]);
        run("update cs.usage_metrics set metadata = metadata where metric_type = 'logins'");
        compute_marked_accounts();
        assert_eq!(scores("First").len(), 2);
    }

    #[pg_test]
    fn a_score_that_follows_one_younger_than_its_evidence_is_looked_at_again() {
        health_world();
        refresh_all();
        assert_eq!(marks(), Vec::<String>::new());
        // Written after this transaction began, which is what everything here is computed for.
        import("First", 66);
        refresh("First");
        assert_eq!(marks(), ["First"]);
        refresh("First");
        assert_eq!(marks(), Vec::<String>::new());
    }

    #[pg_test]
    fn the_daily_pass_does_every_tenant_once() {
        health_world();
        daily("Other", "api_calls", "30", 40, 0);
        run("delete from cs.health_dirty");
        run_daily_passes();
        assert_eq!(
            lines(
                "select concat_ws(' ', account_name, overall_score, cause) from cs.health_current order by 1"
            ),
            ["First 100 time", "Other 100 time"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', passed_on = (now() at time zone 'UTC')::date, passed_up_to is null) from cs.health_passes"
            ),
            ["t t", "t t"]
        );
        run("update cs.health_scores set created_at = created_at - interval '1 day'");
        run("update cs.health_passes set passed_on = passed_on - 1
             where tenant_id = (select id from cs.tenants where slug = 'two')");
        run_daily_passes();
        assert_eq!(
            lines(
                "select concat_ws(' ', account_name, overall_score, cause) from cs.health_current order by 1"
            ),
            ["First 100 time", "Other 100 heartbeat"]
        );
    }

    #[pg_test]
    fn the_accounts_of_a_failing_slice_are_marked_and_tried_one_by_one() {
        health_world();
        run("delete from cs.health_dirty");
        let accounts = number("select count(*) from cs.accounts");
        for tenant in crate::health::find_due_passes().unwrap().due {
            crate::health::begin_pass(tenant).unwrap();
            while crate::health::skip_pass_slice(tenant).unwrap() != PassProgress::Done {}
        }
        assert_eq!(
            number("select count(*) from cs.health_dirty where not by_usage"),
            accounts
        );
        compute_marked_accounts();
        assert_eq!(
            lines(
                "select concat_ws(' ', account_name, overall_score) from cs.health_current order by 1"
            ),
            ["First 100"]
        );
    }

    /// For each quantity an account with a hundred rows of it, so that a millionth shows in four decimals; tells those
    /// whose sum is not a hundred times the quantity to a millionth, cut at 1e25.
    fn misread(quantities: &str) -> Vec<String> {
        health_world();
        // Rows of before there was a bound.
        run("alter table cs.usage_metrics drop constraint usage_metrics_metric_value_check");
        run(&format!(
            "create temp table amounts on commit drop as
             select 'Amount ' || row_number() over () as name, amount from ({quantities}) as given (amount)"
        ));
        run("insert into cs.accounts (tenant_id, name)
             select tenant.id, amounts.name from cs.tenants as tenant, amounts where slug = 'one'");
        run(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
             select account.tenant_id, account.id, 'api_calls', amount
             from amounts join cs.accounts as account using (name) cross join generate_series(1, 100)",
        );
        lines(
            "select left(amount::text, 60) || ' gives ' || line.raw_value
             from amounts
             join cs.accounts as account using (name)
             cross join lateral cs.explain_health(account.id) as line
             cross join lateral (select 100 * round(least(amount, 1e25), 6) as it) as expected
             where line.component = 'usage' and line.part = 'level' and line.metric = 'api_calls'
                 and (abs(line.raw_value - expected.it) > expected.it * 1e-14 or line.row_count <> 100)",
        )
    }

    #[pg_test]
    fn quantities_are_read_as_they_are_stored() {
        let special = "select unnest('{0, 0.0, 0.000000, 1, 42, 9999, 10000, 10001, 100000000, 99999999, 1e8, 1e12, 0.1, 0.5,
            0.0000005, 0.00000049999, 0.000000500001, 0.0000015, 0.0000025, 1e-10, 1e-100, 0.000001, 0.0001, 0.00010001,
            0.9999995, 0.99999949, 9999.9999995, 99999999.9999995, 123456789.123456789, 1.50, 1.500000000000, 1000.0001, 1e20,
            123456789012345678901.5, 1e24, 9.99e24, 1e25, 1.1e25, 1e26, 1e40, 1e1000, 0.30000000000000004}'::numeric[])
            union all select (repeat('12345679', 400))::numeric
            union all select ('0.' || repeat('3', 9000))::numeric
            union all select ('1.' || repeat('0', 9000) || '1')::numeric
            union all select ('7' || repeat('0', 9000) || '.5')::numeric";
        assert_eq!(misread(special), Vec::<String>::new());
    }

    #[pg_test]
    fn random_quantities_are_read_as_they_are_stored() {
        run("select setseed(0.42)");
        assert_eq!(
            misread(
                "select (random()::numeric * (10::numeric ^ power.it) + random()::numeric)
                     * (10::numeric ^ - floor(random() * 9)::integer)
                 from generate_series(-12, 24) as power (it), generate_series(1, 5)"
            ),
            Vec::<String>::new()
        );
    }

    #[pg_test]
    fn metadata_is_read_however_large_it_is() {
        health_world();
        run("update cs.accounts set crm_attributes = '{\"seats\": 10}' where name = 'Second'");
        // Larger than a page, once compressed well and once not at all.
        run(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata)
             select ids.tenant_id, ids.id, 'logins', 1, jsonb_build_object('note', note, 'user_id', 'person ' || number, 'zeal', note)
             from pg_temp.ids, generate_series(1, 3) as number,
                 (select repeat('x', 100000) union all select string_agg(md5(i::text), '') from generate_series(1, 3000) as i) as long (note)
             where name = 'Second'",
        );
        assert_eq!(
            lines(
                "select raw_value || ' ' || row_count from pg_temp.ids, cs.explain_health(ids.id)
                 where name = 'Second' and component = 'engagement' and part = 'breadth'"
            ),
            ["0.3 6"]
        );
    }
}
