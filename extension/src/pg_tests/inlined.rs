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
    fn how_a_stay_stands_is_reckoned_in_place() {
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
        run("select cs.stage_state(random()::numeric, 1)");
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
}
