//! Which SQL functions the planner has to take apart: a call that is left costs each row, and hides the index.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{call_as, id, staffed_world};
    use crate::pg_tests::{number, run};
    use pgrx::prelude::*;

    /// How often a function was called as such since the test began.
    fn calls(function: &str) -> i64 {
        number(&format!(
            "select coalesce(pg_stat_get_xact_function_calls('cs.{function}'::regprocedure), 0)"
        ))
    }

    const STAGE_STATE: &str = "stage_state(numeric, integer)";
    const IS_BEFORE: &str =
        "is_before(timestamp with time zone, text, timestamp with time zone, text)";
    const EVENTS: &str =
        "account_events(uuid, uuid, text[], timestamp with time zone, text, integer)";

    /// Tenant one with a target that First is far beyond, a cap that asks for that, and calls that are counted.
    fn counted_world() {
        staffed_world();
        run("update cs.journey_stages set target_duration_days = 10;
             update cs.journey_history set entered_at = now() - interval '40 days' where exited_at is null;
             set local track_functions = 'all'");
        call_as("ada");
        run(r#"select cs.publish_health_model('{"caps": [
                {"when": {"field": "stage_state", "op": "eq", "value": "stuck"}, "max": 50, "reason": "Stuck"}
            ]}')"#);
    }

    #[pg_test]
    fn the_state_of_a_stay_is_computed_in_place() {
        counted_world();
        let first = id("First");
        for found in [
            "select count(*) from cs.current_stays where stage_state = 'stuck'".to_owned(),
            "select count(*) from cs.account_overview where stage_state = 'stuck'".to_owned(),
            format!("select count(*) from cs.journey_steps({first}) where state = 'stuck'"),
            r#"select count(*) from cs.matching_accounts('{"field": "stage_state", "op": "eq", "value": "stuck"}')"#
                .to_owned(),
            format!("select count(*) from cs.explain_health({first})"),
        ] {
            assert!(number(&found) > 0, "{found}");
            assert_eq!(calls(STAGE_STATE), 0, "{found}");
        }
        // Not taken apart, so that the counter is known to count.
        run("select cs.stage_state(1, random()::integer)");
        assert_eq!(calls(STAGE_STATE), 1);
    }

    #[pg_test]
    fn a_page_of_events_is_cut_in_place() {
        counted_world();
        let first = id("First");
        for found in [
            format!("select count(*) from cs.family_timeline({first})"),
            format!(
                "select count(*) from cs.family_timeline({first}, 'all', before => now() + interval '1 day', before_key => 'x')"
            ),
            "select count(*) from cs.account_timeline".to_owned(),
        ] {
            assert!(number(&found) > 0, "{found}");
            assert_eq!((calls(IS_BEFORE), calls(EVENTS)), (0, 0), "{found}");
        }
        run("select cs.is_before(clock_timestamp(), 'x', null, null)");
        assert_eq!(calls(IS_BEFORE), 1);
    }

    /// What is worked out for an account or a tenant's settings, each written once.
    const DERIVED: [&str; 11] = [
        "time_zone(jsonb)",
        "local_time(jsonb, timestamp with time zone)",
        "local_day(jsonb, timestamp with time zone)",
        "high_value_arr(jsonb)",
        "parent_arr_includes_children(jsonb)",
        "days_to_renewal(date, jsonb, timestamp with time zone)",
        "days_between(timestamp with time zone, timestamp with time zone)",
        "milestone_due_at(timestamp with time zone, integer)",
        "last_touch(uuid, uuid, timestamp with time zone)",
        "score_at(uuid, uuid, timestamp with time zone)",
        "health_band(cs.account_status, text, text)",
    ];

    /// As `counted_world`, and First has everything that can be derived from an account.
    fn full_world() {
        staffed_world();
        run("update cs.accounts set crm_attributes =
                 jsonb_build_object('arr', 90000, 'contract_end_date', current_date + 30) where name = 'First';
             insert into cs.activities (tenant_id, account_id, kind, body, at)
                 select tenant_id, id, 'call', 'Hello', now() - interval '1 hour' from cs.accounts where name = 'First';
             insert into cs.stage_milestones (tenant_id, stage_id, title, due_after_days)
                 select tenant_id, id, 'Live', 1 from cs.journey_stages;
             insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
                 select tenant_id, id, 'logins', 3 from cs.accounts where name = 'First';
             insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
                 select tenant_id, id, 60, now() - interval '40 days' from cs.accounts where name = 'First';
             insert into cs.health_scores (tenant_id, account_id, overall_score)
                 select tenant_id, id, 50 from cs.accounts where name = 'First';
             update cs.journey_history set entered_at = now() - interval '40 days' where exited_at is null;
             set local track_functions = 'all'");
        call_as("ada");
    }

    #[pg_test]
    fn what_is_worked_out_of_an_account_is_reckoned_in_place() {
        full_world();
        let views = [
            "account_overview",
            "account_milestone_status",
            "account_tree",
            "arr_bridge",
            "arr_months",
            "cohorts",
            "counted_arr",
            "counted_stays",
            "csm_workload",
            "current_stays",
            "health_distribution",
            "journey_board",
            "portfolio_growth",
            "renewals",
            "retention",
            "revenue_at_risk",
        ];
        // Of the whole row, so that no column is left out.
        let views = views.map(|view| format!("select count(to_jsonb(it)) from cs.{view} as it"));
        let fields = [
            r#""field": "days_to_renewal", "op": "eq", "value": 30"#,
            r#""field": "health_band", "op": "eq", "value": "At Risk""#,
            r#""field": "counted_arr", "op": "eq", "value": 90000"#,
            r#""field": "days_in_stage", "op": "gte", "value": 40"#,
            r#""field": "days_since_login", "op": "lte", "value": 1"#,
            r#""field": "days_since_touch", "op": "lte", "value": 1"#,
            r#""field": "score_change_30d", "op": "eq", "value": -10"#,
            r#""field": "overdue_milestones", "op": "eq", "value": 1"#,
            r#""field": "logins_30d", "op": "eq", "value": 3"#,
        ];
        let fields =
            fields.map(|field| format!("select count(*) from cs.matching_accounts('{{{field}}}')"));
        let first = id("First");
        let calls_of_pages = [
            "select jsonb_array_length(cs.search_accounts() -> 'rows')::bigint".to_owned(),
            "select count(*) from jsonb_object_keys(cs.executive_dashboard())".to_owned(),
            "select jsonb_array_length(cs.executive_trends() -> 'points')::bigint".to_owned(),
            "select jsonb_array_length(cs.growth_between('-infinity', 'infinity') -> 'weeks')::bigint".to_owned(),
            "select count(*) from cs.renewals_between('-infinity', 'infinity')".to_owned(),
            format!("select jsonb_array_length(cs.account_360({first}) -> 'health' -> 'history')::bigint"),
            format!("select accounts::bigint from cs.account_rollup({first})"),
            format!("select count(*) from cs.explain_health({first})"),
        ];
        for found in views.iter().chain(&fields).chain(&calls_of_pages) {
            assert!(number(found) > 0, "{found}");
            for function in DERIVED {
                assert_eq!(calls(function), 0, "{function}: {found}");
            }
        }
        // Not taken apart, so that the counter is known to count.
        run("select from cs.score_at(gen_random_uuid(), gen_random_uuid(), clock_timestamp())");
        assert_eq!(calls(DERIVED[9]), 1);
    }
}
