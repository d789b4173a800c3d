//! The executive page: every tile is the list behind it, and is what it says.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, staff};
    use crate::pg_tests::executive_world::{CRITERIA, random_world, small_world};
    use crate::pg_tests::{become_person, lines, number, run, text};
    use pgrx::prelude::*;

    /// The tiles and parts whose number of accounts or ARR is not that of their list, as the page would open it.
    fn wrong_tiles(criteria: &str) -> Vec<String> {
        lines(&format!(
            "select concat_ws(' | ', tile -> 'list', tile -> 'accounts', behind.accounts, tile -> 'arr', behind.arr)
             from (select jsonb_path_query(cs.executive_dashboard({criteria}), 'strict $.** ? (exists (@.list) && exists (@.arr))') as tile) as it
             cross join lateral (
                select count(*) as accounts, coalesce(sum(counted.arr), 0) as arr
                from cs.matching_accounts(it.tile -> 'list') as matching (id)
                join cs.counted_arr as counted on counted.account_id = matching.id
             ) as behind
             where behind.accounts is distinct from (it.tile ->> 'accounts')::integer
                or behind.arr is distinct from (it.tile ->> 'arr')::numeric"
        ))
    }

    /// The rows of the team whose numbers are not those of their lists.
    fn wrong_members() -> Vec<String> {
        lines(
            "select concat_ws(' | ', load.full_name, load.accounts, behind.accounts, load.arr, behind.arr, load.at_risk + load.critical,
                risky.accounts, load.arr_at_risk, risky.arr)
             from cs.csm_workload as load
             cross join lateral (
                select count(*) as accounts, coalesce(sum(counted.arr), 0) as arr
                from cs.matching_accounts(load.list) as matching (id)
                join cs.counted_arr as counted on counted.account_id = matching.id
             ) as behind
             cross join lateral (
                select count(*) as accounts, coalesce(sum(counted.arr), 0) as arr
                from cs.matching_accounts(load.at_risk_list) as matching (id)
                join cs.counted_arr as counted on counted.account_id = matching.id
             ) as risky
             where (load.accounts, load.arr, load.at_risk + load.critical, load.arr_at_risk)
                is distinct from (behind.accounts, behind.arr, risky.accounts, risky.arr)",
        )
    }

    fn check_all_tiles() {
        for setting in ["false", "true"] {
            run("reset role");
            run(&format!(
                "update cs.tenants set settings = settings || '{{\"parent_arr_includes_children\": {setting}, \"high_value_arr\": 50000}}'"
            ));
            run("set local role cs_member");
            assert_eq!(wrong_members(), Vec::<String>::new());
            assert!(number("select sum(at_risk + critical)::bigint from cs.csm_workload") > 2);
            for criteria in CRITERIA {
                assert_eq!(wrong_tiles(criteria), Vec::<String>::new(), "{criteria}");
                assert_eq!(
                    number(&format!(
                        "select count(*) from jsonb_path_query(cs.executive_dashboard({criteria}),
                            'strict $.** ? (exists (@.list) && exists (@.arr))')"
                    )),
                    // Five tiles, three parts of the revenue at risk, one of the renewals, six of the distribution.
                    15
                );
                assert_eq!(
                    text(&format!(
                        "select (sum((part ->> 'accounts')::integer) = (max(it #>> '{{kpis,accounts,value}}'))::integer
                            and sum((part ->> 'accounts_before')::integer) = (max(it #>> '{{kpis,accounts,before}}'))::integer
                            and sum((part ->> 'arr')::numeric) = max((it #>> '{{kpis,total_arr,value}}')::numeric))::text
                         from cs.executive_dashboard({criteria}) as it, jsonb_array_elements(it -> 'distribution') as part"
                    ))
                    .as_deref(),
                    Some("true"),
                    "{criteria}"
                );
                assert_eq!(
                    retention_of_tile(criteria),
                    retention_of_both_periods(criteria),
                    "{criteria}"
                );
            }
        }
    }

    fn retention_of_tile(criteria: &str) -> Option<String> {
        text(&format!(
            "select concat_ws(' ', tile ->> 'value', tile ->> 'grr', tile -> 'start_arr', tile -> 'end_arr', tile -> 'accounts_start',
                tile -> 'accounts_lost', 'before', tile ->> 'before', tile ->> 'grr_before')
             from cast(cs.executive_dashboard({criteria}) #> '{{kpis,retention}}' as jsonb) as tile"
        ))
    }

    fn retention_of_both_periods(criteria: &str) -> Option<String> {
        text(&format!(
            "select concat_ws(' ', now.nrr, now.grr, now.start_arr, now.end_arr, now.accounts_start, now.accounts_lost,
                'before', before.nrr, before.grr)
             from (select now() - interval '720 hours' as at) as since
             cross join lateral cs.retention_between(since.at, 'infinity', {criteria}) as now
             cross join lateral cs.retention_between(since.at - interval '720 hours', since.at, {criteria}) as before"
        ))
    }

    #[pg_test]
    fn every_tile_is_the_list_behind_it() {
        random_world(0.2);
        check_all_tiles();
        // Not empty: some were lost, in both periods some grew.
        assert!(
            number(
                "select (cs.executive_dashboard() #>> '{kpis,retention,accounts_lost}')::bigint"
            ) > 0
        );
        assert_eq!(
            text(
                "select ((it -> 'value')::numeric <> (it -> 'before')::numeric)::text
                 from cast(cs.executive_dashboard() #> '{kpis,retention}' as jsonb) as it"
            )
            .as_deref(),
            Some("true")
        );
        run("reset role");
        run("update cs.tenants set settings = settings - 'parent_arr_includes_children'");
        run("set local role cs_member");
        assert!(
            number(
                "select (cs.executive_dashboard() #>> '{kpis,revenue_at_risk,high_value,accounts}')::bigint"
            ) > 2
        );
        assert!(
            number(
                "select (cs.executive_dashboard() #>> '{kpis,revenue_at_risk,uncertain,accounts}')::bigint"
            ) > 2
        );
    }

    #[pg_test]
    fn every_tile_is_the_list_behind_it_for_random_worlds() {
        random_world(-0.7);
        check_all_tiles();
    }

    #[pg_test]
    fn a_contributor_has_a_dashboard_of_what_they_see() {
        random_world(0.3);
        run("reset role");
        run("insert into cs.users (email) values ('cleo@one.test')");
        run("insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Cleo', 'Contributor' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'cleo@one.test'");
        run("update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test')
             where name like 'Random 1%' and status <> 'Churned'");
        let own = number(
            "select count(*) from cs.accounts where name like 'Random 1%' and status <> 'Churned'",
        );
        become_person("cleo@one.test");
        check_all_tiles();
        assert_eq!(
            number("select (cs.executive_dashboard() #>> '{kpis,accounts,value}')::bigint"),
            own
        );
    }

    #[pg_test]
    fn the_tiles_say_what_is_and_what_was() {
        small_world();
        let kpi = |name: &str, keys: &str| {
            text(&format!(
                "select string_agg(coalesce(it -> 'kpis' -> '{name}' ->> key, '-'), ' ' order by place)
                 from cs.executive_dashboard() as it, unnest(string_to_array('{keys}', ' ')) with ordinality as asked (key, place)"
            ))
            .unwrap()
        };
        // The lost one was a customer then.
        assert_eq!(kpi("total_arr", "value before accounts"), "115000 145000 4");
        assert_eq!(kpi("accounts", "value before arr"), "4 4 115000");
        // (80000 * 70 + 20000 * 35) / 100000, Rest is paused, New has no score; before (100000 * 90 + 10000 * 60 + 30000
        // * 20) / 140000.
        assert_eq!(
            kpi("health", "value before mean mean_before accounts"),
            "63.0 72.9 52.5 56.7 2"
        );
        assert_eq!(
            kpi("revenue_at_risk", "value before accounts"),
            "100000 40000 2"
        );
        assert_eq!(
            text(
                "select concat_ws(' ', it -> 'critical' -> 'arr', it -> 'high_value' -> 'accounts', it -> 'high_value' -> 'arr')
                 from cast(cs.executive_dashboard() #> '{kpis,revenue_at_risk}' as jsonb) as it"
            )
            .as_deref(),
            Some("20000 1 80000")
        );
        assert_eq!(kpi("renewals_90d", "value before arr"), "2 3 85000");
        assert_eq!(
            text(
                "select concat_ws(' ', it -> 'accounts', it -> 'arr', it #>> '{first,name}', it #> '{first,days_to_renewal}',
                    (it #>> '{first,contract_end_date}')::date - (now() at time zone 'UTC')::date)
                 from cast(cs.executive_dashboard() #> '{kpis,renewals_90d,at_risk}' as jsonb) as it"
            )
            .as_deref(),
            Some("1 80000 Big 60 60")
        );
        // Of 145000: 80000 + 20000 + 5000 are left, 30000 were lost.
        assert_eq!(
            kpi(
                "retention",
                "value grr before accounts_start accounts_lost reason"
            ),
            "0.7241 0.6552 1.0000 4 1 -"
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', part ->> 'risk_level', part -> 'accounts', part -> 'accounts_before', part -> 'arr')
                 from jsonb_array_elements(cs.executive_dashboard() -> 'distribution') as part"
            ),
            [
                "Healthy 0 1 0",
                "At Risk 1 1 80000",
                "Critical 1 1 20000",
                "No data 1 0 10000",
                "Uncertain 0 0 0",
                "Paused 1 1 5000"
            ]
        );
    }

    #[pg_test]
    fn the_tables_name_who_to_look_at_first_and_why() {
        small_world();
        assert_eq!(
            lines(
                "select concat_ws(' | ', row ->> 'name', row -> 'arr', row -> 'exposure', row -> 'score_change_30d',
                    coalesce(row ->> 'main_reason', '-'), row ->> 'stage', row ->> 'csm_name', row -> 'days_to_renewal')
                 from jsonb_array_elements(cs.executive_dashboard() -> 'revenue_at_risk') as row"
            ),
            [
                "Big | 80000 | 24000.00 | -20 | Support 25, -19 | Onboarding | Ada | 60",
                "Mid | 20000 | 13000.00 | -25 | - | Onboarding | Ada | -1"
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', way.key, mover ->> 'name', mover -> 'change')
                 from jsonb_each(cs.executive_dashboard() -> 'movers') as way, jsonb_array_elements(way.value) as mover"
            ),
            ["drops Mid -25", "drops Big -20"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', name, month = date_trunc('month', contract_end_date), days_to_renewal, arr, risk_level, status)
                 from cs.renewals_between(current_date - 10, current_date + 60) order by days_to_renewal"
            ),
            ["Mid t -1 20000 Critical Active", "Big t 60 80000 At Risk Active"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', full_name, accounts, arr, average_score, at_risk, critical, stuck, renewals_90d, overdue_milestones)
                 from cs.csm_workload"
            ),
            ["Ada 4 115000 52.5 1 1 0 2 0"]
        );
    }

    #[pg_test]
    fn the_team_adds_up_to_the_portfolio() {
        staff();
        run(
            "update cs.accounts set created_at = now() - interval '10 days', crm_attributes = '{\"arr\": 7}'",
        );
        run("insert into cs.activities (tenant_id, account_id, kind, body, at, assigned_to, done_at)
             select account.tenant_id, account.id, it.kind, 'it', now() - it.days * interval '1 day', person.id,
                now() - it.done * interval '1 day'
             from (values
                ('First', 'call', 3, null, null), ('First', 'call', 5, null, null), ('First', 'task', 1, 'paul@one.test', null),
                ('First', 'task', 1, null, null), ('First', 'task', 9, null, 8), ('Second', 'task', 1, null, null)
             ) as it (account, kind, days, email, done)
             join cs.accounts as account on account.name = it.account
             left join cs.users as person on person.email = it.email");
        act_as("vera@one.test");
        assert_eq!(
            lines(
                "select concat_ws(' ', coalesce(full_name, '-'), accounts, open_tasks, coalesce(oldest_touch_days::text, '-'), is_active)
                 from cs.csm_workload order by full_name nulls last"
            ),
            [
                "Ada 0 0 - t",
                "Cleo 1 1 3 t",
                "Paul 0 1 - t",
                "Vera 0 0 - t",
                "- 1 1 10"
            ]
        );
        assert_eq!(
            lines("select concat_ws(' ', sum(accounts), sum(arr)) from cs.csm_workload"),
            lines(
                "select concat_ws(' ', count(*), sum(counted.arr)) from cs.counted_arr as counted"
            )
        );
    }
}
