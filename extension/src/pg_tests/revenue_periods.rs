//! What became of ARR between two moments, against cases worked out by hand.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, lines, number, run, text};
    use pgrx::prelude::*;

    /// An account of tenant one with this history, such as `2024-01-01 100, 2024-03-15 0`; moments are of UTC.
    fn account(name: &str, history: &str) {
        account_below(name, "", history);
    }

    fn account_below(name: &str, parent: &str, history: &str) {
        run(&format!(
            "insert into cs.accounts (tenant_id, name, parent_id)
             select tenant.id, '{name}', (select parent.id from cs.accounts as parent where parent.name = '{parent}')
             from cs.tenants as tenant where tenant.slug = 'one'"
        ));
        // The trigger's own row is of today, the story is not.
        run("delete from cs.arr_history where valid_from >= transaction_timestamp()");
        run(&format!(
            "insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
             select tenant_id, id, arr, at, lead(at) over (order by at)
             from (
                select account.tenant_id, account.id, part[1]::timestamp at time zone 'UTC' as at, part[2]::numeric as arr
                from cs.accounts as account,
                    regexp_matches('{history}', '([0-9-]+(?: [0-9]+:[0-9.:]+)?) ([0-9.]+)(?:,|$)', 'g') as part
                where account.name = '{name}'
             ) as step"
        ));
    }

    fn world() {
        run(WORLD);
        run("delete from cs.arr_history");
    }

    fn retention(since: &str, until: &str) -> String {
        text(&format!(
            "select concat_ws(' ', it.start_arr, it.end_arr, it.kept, coalesce(it.grr::text, 'null'), coalesce(it.nrr::text, 'null'),
                it.expansion, it.contraction, it.churned_arr, it.accounts_start, it.accounts_lost)
             from cs.retention_between('{since}+0', '{until}+0') as it"
        ))
        .unwrap()
    }

    fn bridge(since: &str, until: &str) -> String {
        text(&format!(
            "select concat_ws(' ', it.start_arr, it.new_arr, it.returned_arr, it.expansion, it.contraction, it.churned_arr, it.end_arr)
             from cs.arr_bridge_between('{since}+0', '{until}+0') as it"
        ))
        .unwrap()
    }

    const MARCH: (&str, &str) = ("2024-03-01 00:00", "2024-04-01 00:00");
    const APRIL: (&str, &str) = ("2024-04-01 00:00", "2024-05-01 00:00");

    fn in_march() -> (String, String) {
        (retention(MARCH.0, MARCH.1), bridge(MARCH.0, MARCH.1))
    }

    fn is(retention: &str, bridge: &str) -> (String, String) {
        (retention.to_owned(), bridge.to_owned())
    }

    #[pg_test]
    fn growth_of_one_hides_no_shrinking_of_another() {
        world();
        account("Grows", "2024-01-01 100, 2024-03-10 150");
        account("Shrinks", "2024-01-01 100, 2024-03-10 50");
        assert_eq!(
            in_march(),
            is(
                "200 200 150 0.7500 1.0000 50 50 0 2 0",
                "200 0 0 50 50 0 200"
            )
        );
    }

    #[pg_test]
    fn new_customers_are_in_no_retention() {
        world();
        account("Stays", "2024-01-01 100");
        account("New", "2024-03-20 900, 2024-03-25 950");
        account("Late", "2024-03-05 0, 2024-04-05 70");
        assert_eq!(
            in_march(),
            is(
                "100 100 100 1.0000 1.0000 0 0 0 1 0",
                "100 950 0 0 0 0 1050"
            )
        );
        assert_eq!(bridge(APRIL.0, APRIL.1), "1050 70 0 0 0 0 1120");
    }

    #[pg_test]
    fn gone_and_back_within_a_period_did_neither_across_periods_both() {
        world();
        account("Within", "2024-01-01 100, 2024-03-10 0, 2024-03-20 80");
        account("Across", "2024-01-01 100, 2024-02-15 0, 2024-03-15 60");
        account("Flicker", "2024-03-05 40, 2024-03-06 0, 2024-03-07 30");
        assert_eq!(
            retention("2024-02-01 00:00", "2024-03-01 00:00"),
            "200 100 100 0.5000 0.5000 0 0 100 2 1"
        );
        assert_eq!(
            in_march(),
            is("100 80 80 0.8000 0.8000 0 20 0 1 0", "100 30 60 0 20 0 170")
        );
    }

    #[pg_test]
    fn an_account_that_no_longer_pays_is_lost_in_any_status() {
        world();
        account("Free", "2024-01-01 40, 2024-03-15 0");
        account("Less", "2024-01-01 60, 2024-03-15 59.5");
        assert_eq!(
            in_march(),
            is(
                "100 59.5 59.5 0.5950 0.5950 0 0.5 40 2 1",
                "100 0 0 0 0.5 40 59.5"
            )
        );
    }

    #[pg_test]
    fn without_arr_at_the_start_there_is_no_share() {
        world();
        account("New", "2024-03-20 900");
        account("Never", "2024-01-01 0");
        assert_eq!(
            in_march(),
            is("0 0 0 null null 0 0 0 0 0", "0 900 0 0 0 0 900")
        );
        assert_eq!(
            retention("2020-01-01 00:00", "2021-01-01 00:00"),
            "0 0 0 null null 0 0 0 0 0"
        );
        assert_eq!(
            text(
                "select it.end_arr::text from cs.arr_bridge_between('-infinity', 'infinity') as it"
            )
            .as_deref(),
            Some("900")
        );
    }

    #[pg_test]
    fn a_change_at_the_boundary_belongs_to_the_period_that_it_begins() {
        world();
        account("Starts", "2024-03-01 100");
        account("Ends", "2024-01-01 100, 2024-04-01 30");
        account("Before", "2024-01-01 100, 2024-03-31 23:59:59.999999 90");
        account("After", "2024-01-01 100, 2024-04-01 00:00:00.000001 80");
        assert_eq!(
            in_march(),
            is(
                "300 290 290 0.9667 0.9667 0 10 0 3 0",
                "300 100 0 0 10 0 390"
            )
        );
        assert_eq!(bridge(APRIL.0, APRIL.1), "390 0 0 0 90 0 300");
    }

    #[pg_test]
    fn a_moment_that_took_no_time_never_was() {
        world();
        account("Typo", "2024-01-01 0, 2024-02-01 1000000, 2024-03-15 50");
        run("update cs.arr_history set valid_until = valid_from where arr = 1000000");
        run("update cs.arr_history set valid_until = '2024-03-15 0:00+0' where arr = 0");
        assert_eq!(bridge(MARCH.0, MARCH.1), "0 50 0 0 0 0 50");
    }

    #[pg_test]
    fn a_parent_counts_what_its_children_do_not() {
        world();
        account("Parent", "2024-01-01 100");
        account_below("Child", "Parent", "2024-01-01 30, 2024-03-10 50");
        account_below("Lost", "Parent", "2024-01-01 20, 2024-03-20 0");
        account_below("Grandchild", "Child", "2024-01-01 40");
        assert_eq!(bridge(MARCH.0, MARCH.1), "190 0 0 20 0 20 190");
        run(
            "update cs.tenants set settings = settings || '{\"parent_arr_includes_children\": true}'",
        );
        // Start: 100 - 30 - 20, 30 - 40 is none, 20, 40. End: 100 - 50, 50 - 40, 0, 40. They are one customer.
        assert_eq!(
            in_march(),
            is("110 100 100 0.9091 0.9091 0 10 0 1 0", "110 0 0 0 10 0 100")
        );
    }

    #[pg_test]
    fn a_family_that_pays_what_it_paid_has_lost_nothing() {
        world();
        account("Parent", "2024-02-10 1000");
        account_below(
            "Child",
            "Parent",
            "2024-02-10 1000, 2024-03-15 0, 2024-04-01 400",
        );
        account("Alone", "2024-02-20 0, 2024-03-01 50, 2024-03-20 0");
        run(
            "update cs.tenants set settings = settings || '{\"parent_arr_includes_children\": true}'",
        );
        assert_eq!(
            in_march(),
            is(
                "1000 1000 1000 1.0000 1.0000 0 0 0 1 0",
                "1000 0 0 0 0 0 1000"
            )
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', cohort, months_since, accounts_started, accounts, arr, accounts_kept, arr_kept)
                 from cs.cohorts where cohort + months_since * interval '1 month' <= '2024-03-01' order by cohort, months_since"
            ),
            [
                "2024-02-01 0 1 1 1000 1.0000 1.0000",
                "2024-02-01 1 1 1 1000 1.0000 1.0000",
                "2024-03-01 0 1 0 0 0.0000"
            ]
        );
        // Criteria are asked of the root.
        crate::pg_tests::become_person("ada@one.test");
        for (name, expected) in [("Parent", "1000"), ("Child", "0")] {
            assert_eq!(
                text(&format!(
                    "select it.start_arr::text from cs.retention_between('{}+0', '{}+0',
                        '{{\"field\": \"name\", \"op\": \"eq\", \"value\": \"{name}\"}}') as it",
                    MARCH.0, MARCH.1
                ))
                .as_deref(),
                Some(expected),
                "{name}"
            );
        }
    }

    #[pg_test]
    fn a_parent_that_its_children_outweigh_pays_since_it_exceeds_them() {
        world();
        account("Parent", "2024-01-01 100, 2024-03-10 300");
        account_below("Child", "Parent", "2024-01-01 100");
        account_below("Other child", "Parent", "2024-01-01 50, 2024-02-01 0");
        run(
            "update cs.tenants set settings = settings || '{\"parent_arr_includes_children\": true}'",
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', account.name, held.start_arr, held.end_arr, (held.paying_since at time zone 'UTC')::date)
                 from cs.arr_at('-infinity', '2024-03-01+0', '2024-04-01+0') as held
                 join cs.accounts as account on account.id = held.account_id order by account.name"
            ),
            [
                "Child 100 100 2024-01-01",
                "Other child 0 0 2024-01-01",
                "Parent 0 200 2024-03-10"
            ]
        );
    }

    #[pg_test]
    fn criteria_apply_to_accounts_as_they_are_now_and_status_drops_none() {
        world();
        account("Kept", "2024-01-01 100");
        account("Gone", "2024-01-01 300, 2024-03-10 0");
        account("Halved", "2024-01-01 50, 2024-03-10 25");
        run("update cs.accounts set status = 'Churned' where name = 'Gone'");
        run("delete from cs.arr_history where valid_from >= transaction_timestamp()");
        crate::pg_tests::become_person("ada@one.test");
        let nrr = |criteria: &str| {
            text(&format!(
                "select concat_ws(' ', it.start_arr, coalesce(it.nrr::text, '-')) from cs.retention_between('{}+0', '{}+0', '{criteria}') as it",
                MARCH.0, MARCH.1
            ))
            .unwrap()
        };
        let active = r#"{"field": "status", "op": "eq", "value": "Active"}"#;
        let named = r#"{"field": "name", "op": "in", "value": ["Kept", "Gone"]}"#;
        assert_eq!(nrr(active), "450 0.2778");
        assert_eq!(
            nrr(&format!(r#"{{"all": [{active}, {named}]}}"#)),
            "400 0.2500"
        );
        assert_eq!(nrr(r#"{"any": []}"#), "0 -");
    }

    #[pg_test]
    fn months_are_those_of_the_tenant_and_join_up() {
        world();
        run(
            "update cs.tenants set settings = settings || '{\"time_zone\": \"America/New_York\"}' where slug = 'one'",
        );
        // 22:00 on the last of March in New York; the first of April begins there at 04:00 UTC.
        account("Evening", "2024-02-10 100, 2024-04-01 02:00 40");
        account("Morning", "2024-04-01 04:00 10");
        assert_eq!(
            lines(
                "select concat_ws(' ', month, start_arr, new_arr, returned_arr, expansion, contraction, churned_arr, end_arr)
                 from cs.arr_bridge where month between '2024-01-01' and '2024-05-01' order by month"
            ),
            [
                "2024-02-01 0 100 0 0 0 0 100",
                "2024-03-01 100 0 0 0 60 0 40",
                "2024-04-01 40 10 0 0 0 0 50",
                "2024-05-01 50 0 0 0 0 0 50"
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', month, coalesce(grr::text, '-'), coalesce(nrr::text, '-'), accounts_start, accounts_lost)
                 from cs.retention where month between '2024-02-01' and '2024-04-01' order by month"
            ),
            ["2024-02-01 - - 0 0", "2024-03-01 0.4000 0.4000 1 0", "2024-04-01 1.0000 1.0000 1 0"]
        );
        assert_eq!(
            number(
                "select count(*) from cs.retention
                 where month = date_trunc('month', now() at time zone 'America/New_York')::date and end_arr = 50"
            ),
            1
        );
    }

    #[pg_test]
    fn a_bridge_always_joins_its_ends_and_the_next_one() {
        world();
        run("select setseed(0.42)");
        run("insert into cs.accounts (tenant_id, name, parent_id)
             select tenant.id, 'Random ' || number, case when number % 4 = 0 then (select id from cs.accounts where name = 'First') end
             from cs.tenants as tenant, generate_series(1, 40) as number where tenant.slug = 'one'");
        run("delete from cs.arr_history");
        run(
            "insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
             select tenant_id, id, arr, at, lead(at) over (partition by id order by at)
             from (
                select tenant_id, id, floor(random() * 4) * 25 as arr,
                    now() - interval '400 days' * random() as at
                from cs.accounts, generate_series(1, 6)
             ) as it",
        );
        for setting in ["false", "true"] {
            run(&format!(
                "update cs.tenants set settings = settings || '{{\"parent_arr_includes_children\": {setting}}}'"
            ));
            assert_eq!(
                lines(
                    "select 'sum ' || month from cs.arr_bridge
                     where start_arr + new_arr + returned_arr + expansion - contraction - churned_arr <> end_arr
                     union all
                     select 'gap ' || month from (
                        select month, start_arr, lag(end_arr) over (partition by tenant_id order by month) as before from cs.arr_bridge
                     ) as it where before <> start_arr
                     union all
                     select 'retention ' || bridge.month from cs.arr_bridge as bridge join cs.retention as kept using (tenant_id, month)
                     where (bridge.start_arr, bridge.expansion, bridge.contraction, bridge.churned_arr)
                        is distinct from (kept.start_arr, kept.expansion, kept.contraction, kept.churned_arr)
                        or kept.kept <> kept.start_arr - kept.contraction - kept.churned_arr
                        or kept.grr > 1 or kept.grr > kept.nrr
                     union all
                     select 'now ' || it.tenant_id from (
                        select tenant_id, sum(end_arr) as arr from cs.arr_between('-infinity', 'infinity') group by tenant_id
                     ) as it join cs.arr_bridge as bridge using (tenant_id)
                     where bridge.month = date_trunc('month', now() at time zone 'UTC') and bridge.end_arr <> it.arr"
                ),
                Vec::<String>::new()
            );
            assert!(
                number(
                    "select count(*) from cs.arr_bridge
                     where returned_arr > 0 and expansion > 0 and contraction > 0 and churned_arr > 0"
                ) > 3
            );
        }
    }

    #[pg_test]
    fn a_cohort_keeps_those_who_began_in_its_month() {
        world();
        account("Stays", "2024-01-31 100, 2024-02-10 150");
        account("Leaves", "2024-01-05 0, 2024-01-15 50, 2024-03-15 0");
        account("Brief", "2024-01-10 30, 2024-01-20 0");
        account("Later", "2024-01-01 0, 2024-03-15 200");
        account("Never", "2024-01-01 0");
        assert_eq!(
            lines(
                "select concat_ws(' ', cohort, months_since, accounts_started, accounts, arr, accounts_kept, arr_kept)
                 from cs.cohorts where cohort + months_since * interval '1 month' <= '2024-03-01' order by cohort, months_since"
            ),
            [
                "2024-01-01 0 3 2 150 0.6667 1.0000",
                "2024-01-01 1 3 2 200 0.6667 1.3333",
                "2024-01-01 2 3 1 150 0.3333 1.0000",
                "2024-03-01 0 1 1 200 1.0000 1.0000"
            ]
        );
    }

    #[pg_test]
    fn the_sample_has_a_past_that_ends_where_its_accounts_are() {
        run("select cs.load_sample_data('http://localhost:5678', 60)");
        assert_eq!(
            lines(
                "select concat_ws(' ', account.external_id, string_agg(history.arr::text, ' ' order by history.valid_from))
                 from cs.arr_history as history
                 join cs.accounts as account on account.id = history.account_id
                 where account.external_id in ('GT-001', 'GT-002', 'TS-001')
                 group by account.external_id order by 1"
            ),
            [
                "GT-001 90000 120000 150000",
                "GT-002 30000 45000",
                "TS-001 120000 85000"
            ]
        );
        assert_eq!(
            lines(
                "select 'now ' || account.name
                 from cs.accounts as account
                 left join cs.arr_history as held
                    on held.tenant_id = account.tenant_id and held.account_id = account.id and held.valid_until is null
                 join cs.counted_arr as counted on counted.account_id = account.id
                 where held.arr is distinct from counted.arr
                 union all
                 select 'gap ' || it.account_id from (
                    select account_id, valid_from, lag(valid_until) over (partition by account_id order by valid_from) as ended,
                        row_number() over (partition by account_id order by valid_from) as place
                    from cs.arr_history
                 ) as it where it.place > 1 and it.ended is distinct from it.valid_from
                 union all
                 select 'start ' || account.name
                 from cs.accounts as account
                 join cs.arr_history as history on history.account_id = account.id
                 group by account.id, account.name, account.created_at
                 having min(history.valid_from) <> account.created_at"
            ),
            Vec::<String>::new()
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', it.expansion > 0, it.contraction > 0, it.churned_arr > 0, it.grr between 0.7 and 0.99, it.nrr > it.grr)
                 from cs.retention_between(now() - interval '180 days', 'infinity') as it"
            ),
            ["t t t t t"]
        );
    }
}
