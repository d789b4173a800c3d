//! The executive page over time: trends end where the tiles are, ranges of ARR are what holds at each moment, moves are counted.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::executive_world::{CRITERIA, random_world, small_world};
    use crate::pg_tests::{WORLD, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn courses_end_where_the_tiles_are() {
        small_world();
        assert_eq!(
            lines(
                "select concat_ws(' ', point -> 'arr', point -> 'accounts', point -> 'healthy', point -> 'at_risk', point -> 'critical',
                    point -> 'no_data', point -> 'uncertain', point -> 'paused', point -> 'weighted_score', point -> 'nrr')
                 from jsonb_array_elements(cs.executive_trends(null, now() - interval '30 days', null, 3) -> 'points') as point"
            ),
            [
                "145000 4 1 1 1 0 0 1 72.9 1.0000",
                "145000 4 1 1 1 0 0 1 72.9 1.0000",
                "115000 4 0 1 1 1 0 1 63.0 0.7241"
            ]
        );
        ends_are_the_tiles();
    }

    #[pg_test]
    fn trends_end_where_the_tiles_are_in_random_worlds() {
        random_world(0.6);
        for setting in [false, true] {
            include_children(setting);
            ends_are_the_tiles();
        }
    }

    fn include_children(setting: bool) {
        run("reset role");
        run(&format!(
            "update cs.tenants set settings = settings || '{{\"parent_arr_includes_children\": {setting}}}'"
        ));
        run("set local role cs_member");
    }

    /// The first and last point are what the dashboard says was and is.
    fn ends_are_the_tiles() {
        for criteria in CRITERIA {
            assert_eq!(
                text(&format!(
                    "select (
                        (trend -> 'points' -> -1 -> 'arr', trend -> 'points' -> 0 -> 'arr', trend -> 'points' -> -1 -> 'weighted_score',
                         trend -> 'points' -> 0 -> 'weighted_score', trend -> 'points' -> -1 -> 'nrr', trend -> 'points' -> 0 -> 'accounts',
                         trend -> 'points' -> -1 -> 'accounts', trend -> 'points' -> -1 -> 'revenue_at_risk',
                         trend -> 'points' -> 0 -> 'revenue_at_risk', trend -> 'points' -> -1 -> 'renewals', trend -> 'points' -> 0 -> 'renewals',
                         trend -> 'points' -> -1 -> 'renewals_arr', trend -> 'points' -> -1 -> 'mean_score',
                         trend -> 'points' -> 0 -> 'mean_score', 0)
                        is not distinct from
                        (tile -> 'total_arr' -> 'value', tile -> 'total_arr' -> 'before', tile -> 'health' -> 'value',
                         tile -> 'health' -> 'before', tile -> 'retention' -> 'value', tile -> 'accounts' -> 'before', tile -> 'accounts' -> 'value',
                         tile -> 'revenue_at_risk' -> 'value', tile -> 'revenue_at_risk' -> 'before',
                         tile -> 'renewals_90d' -> 'value', tile -> 'renewals_90d' -> 'before', tile -> 'renewals_90d' -> 'arr',
                         tile -> 'health' -> 'mean', tile -> 'health' -> 'mean_before',
                         (select count(*) from jsonb_array_elements(trend -> 'points') as point where (point -> 'accounts')::integer <>
                            (point -> 'healthy')::integer + (point -> 'at_risk')::integer + (point -> 'critical')::integer
                            + (point -> 'no_data')::integer + (point -> 'uncertain')::integer + (point -> 'paused')::integer
                            or (point -> 'arr')::numeric <> (point -> 'healthy_arr')::numeric + (point -> 'at_risk_arr')::numeric
                            + (point -> 'critical_arr')::numeric + (point -> 'no_data_arr')::numeric
                            + (point -> 'uncertain_arr')::numeric + (point -> 'paused_arr')::numeric))
                     )::text || trend || tile
                     from cs.executive_trends({criteria}) as trend, cast(cs.executive_dashboard({criteria}) -> 'kpis' as jsonb) as tile"
                ))
                .unwrap()
                .get(..4),
                Some("true"),
                "{criteria}"
            );
        }
    }

    /// Moments of all kinds: before everything, at the very moment of changes, between them, now.
    const MOMENTS: &str = "(select array_agg(distinct at order by at) from (
        select now() - day * interval '1 day' as at from unnest(array[400, 80, 79.5, 35, 34, 10, 3]) as day
        union all select valid_from from (select valid_from from cs.arr_history order by valid_from limit 3) as first
        union all select 'infinity') as all_of_them)";

    #[pg_test]
    fn ranges_of_arr_are_what_holds_at_each_moment() {
        random_world(0.9);
        for setting in [false, true] {
            include_children(setting);
            run("reset role"); // what is internal no member may call by itself
            for (ranges, whose) in [
                ("arr_ranges", "account_id"),
                ("customer_arr_ranges", "customer_id"),
            ] {
                assert_eq!(
                    lines(&format!(
                        "with moment as (select {MOMENTS} as at), ours as (
                            select held.{whose} as id, place, held.arr
                            from moment cross join lateral cs.{ranges}(moment.at) as held
                            cross join lateral generate_series(held.first, held.beyond - 1) as place
                         ), theirs as (
                            select held.{whose} as id, (one.place - 1)::integer as place, sum(held.end_arr) as arr
                            from moment cross join lateral unnest(moment.at) with ordinality as one (at, place)
                            cross join lateral cs.arr_at(one.at, one.at, one.at) as held
                            group by 1, 2 having sum(held.end_arr) > 0
                         )
                         select concat_ws(' ', id, place, ours.arr, theirs.arr)
                         from ours full join theirs using (id, place) where ours.arr is distinct from theirs.arr"
                    )),
                    Vec::<String>::new(),
                    "{ranges} {setting}"
                );
            }
            assert!(number(&format!("select count(*) from cs.arr_ranges({MOMENTS})")) > 60);
        }
    }

    #[pg_test]
    fn cohorts_are_what_is_left_at_the_end_of_each_month() {
        random_world(-0.1);
        for setting in [false, true] {
            include_children(setting);
            run("reset role");
            assert_eq!(
                lines(
                    "with theirs as (
                        select month.tenant_id, date_trunc('month', held.paying_since at time zone 'UTC')::date as cohort, month.month,
                            count(*)::integer as started, count(*) filter (where held.end_arr > 0)::integer as accounts, sum(held.end_arr) as arr
                        from cs.arr_months as month
                        cross join lateral cs.arr_between(month.since, coalesce(month.until, 'infinity')) as held
                        where held.tenant_id = month.tenant_id and held.paying_since is not null
                        group by 1, 2, 3
                     ), ours as (
                        select tenant_id, cohort, (cohort + months_since * interval '1 month')::date as month,
                            accounts_started as started, accounts, arr
                        from cs.cohorts
                     )
                     select different::text from (
                        (table ours except table theirs) union all (table theirs except table ours)
                     ) as different"
                ),
                Vec::<String>::new()
            );
            assert!(
                number("select count(*) from cs.cohorts where accounts < accounts_started") > 0
            );
        }
    }

    #[pg_test]
    fn moves_are_counted_with_those_who_left() {
        small_world();
        run("reset role");
        run(
            "update cs.journey_history set entered_at = entered_at - interval '5 days' where exited_at is not null",
        );
        run(
            "update cs.journey_history set exited_at = exited_at - interval '5 hours' where exited_at is not null",
        );
        run(
            "update cs.journey_history set entered_at = entered_at - interval '5 hours' where from_stage is not null",
        );
        run("set local role cs_member");
        let active = r#"'{"field": "status", "op": "eq", "value": "Active"}'"#;
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', coalesce(flow ->> 'from_stage', '-'), flow ->> 'to_stage', flow -> 'moves', flow -> 'median_days')
                 from jsonb_array_elements(cs.growth_between(now() - interval '1 day', 'infinity', {active}) -> 'flows') as flow"
            )),
            ["- Onboarding 4 null", "Onboarding Churned 1 4.8"]
        );
        assert_eq!(
            number(
                "select sum((week -> 'entries')::integer)::bigint
                 from jsonb_array_elements(cs.growth_between('-infinity', 'infinity') -> 'weeks') as week"
            ),
            6
        );
    }

    #[pg_test]
    fn without_a_tenant_there_is_no_dashboard() {
        run(WORLD);
        assert_eq!(text("select cs.executive_dashboard()::text"), None);
        assert_eq!(text("select cs.executive_trends()::text"), None);
    }
}
