//! What each role can see when health is computed, explained and refreshed, and which rows are written.

use super::{WORLD, lines, number, run, text};

/// The world, people of every role, and First with four months of good usage.
pub fn health_world() {
    run(WORLD);
    run(include_str!("sql/health_world.sql"));
}

/// Usage of an account once a day, between two numbers of days ago.
pub fn daily(account: &str, kind: &str, quantity: &str, from: i32, to: i32) {
    run(&format!(
        "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
         select tenant_id, id, '{kind}', {quantity}, '{{\"user_id\": \"u\", \"feature\": \"export\"}}',
             now() - day * interval '1 day' - interval '1 hour'
         from cs.accounts, generate_series({to}, {from}) as day where name = '{account}'"
    ));
}

/// A score imported for an account.
pub fn import(account: &str, score: i32) {
    run(&format!(
        "insert into cs.health_scores (tenant_id, account_id, overall_score)
         select tenant_id, id, {score} from cs.accounts where name = '{account}'"
    ));
}

/// Recomputes everything, as the daily pass does.
pub fn refresh_all() -> i64 {
    number("select cs.refresh_health()")
}

/// Recomputes an account by name.
pub fn refresh(account: &str) -> i64 {
    number(&format!(
        "select cs.refresh_health(array[id]) from pg_temp.ids where name = '{account}'"
    ))
}

/// Does the worker's part: every marked account is computed.
pub fn compute_marked_accounts() {
    let mut tried = Vec::new();
    for tenant in crate::health::find_marked_tenants().unwrap() {
        let request = crate::health::MarkRequest {
            tenant,
            most: 1000,
            left_alone: &[],
        };
        crate::health::compute_marked(&request, &mut tried).unwrap();
    }
}

/// Does the worker's part: every pass that is due.
pub fn run_daily_passes() {
    use crate::health::PassProgress;
    for tenant in crate::health::find_due_passes().unwrap().due {
        crate::health::begin_pass(tenant).unwrap();
        while crate::health::run_pass_step(tenant).unwrap() != PassProgress::Done {}
    }
}

/// All scores of an account in their order: score, previous, source, cause, and whether it is the current one.
pub fn scores(account: &str) -> Vec<String> {
    lines(&format!(
        "select concat_ws(' ', overall_score, coalesce(previous_score::text, '-'), source, coalesce(cause, '-'),
             case when is_current then 'current' end)
         from cs.health_scores where account_id = (select id from cs.accounts where name = '{account}')
         order by created_at, id"
    ))
}

/// The results of playbook Drop, in their order.
pub fn drops() -> Vec<String> {
    lines(
        "select account.name || ' ' || execution.result
         from cs.playbook_executions as execution join cs.accounts as account on account.id = execution.account_id
         where execution.event ->> 'kind' = 'health_drop' order by execution.executed_at, execution.id",
    )
}

/// All that a statement fails with.
pub fn complaint(statement: &str) -> String {
    run(&format!(
        "do $do$ declare said text; why text; how text; begin
            perform set_config('test.complaint', 'nothing', true);
            execute $statement${statement}$statement$;
         exception when others then
            get stacked diagnostics said = message_text, why = pg_exception_detail, how = pg_exception_hint;
            perform set_config('test.complaint', concat_ws('|', sqlstate, said, why, how), true);
         end $do$"
    ));
    text("select current_setting('test.complaint')").unwrap()
}

#[pgrx::pg_schema]
mod tests {
    use super::*;
    use crate::pg_tests::{become_person, fails_with};
    use pgrx::prelude::*;

    const NO_ACCOUNT: &str = "P0002|no such account||";

    /// Every native that takes an account, called for one.
    fn calls(id: &str) -> [String; 5] {
        [
            format!("select cs.compute_health({id})"),
            format!("select cs.explain_health({id})"),
            format!("select cs.health_change({id}, now() - interval '1 day')"),
            format!("select cs.refresh_health(array[{id}])"),
            format!("select cs.set_health_override({id}, 50, 'because')"),
        ]
    }

    fn id(name: &str) -> String {
        format!("(select id from pg_temp.ids where name = '{name}')")
    }

    fn call_as(email: &str) {
        run("reset role");
        become_person(email);
        run("set local role cs_member");
    }

    #[pg_test]
    fn an_account_that_one_does_not_see_is_as_if_it_did_not_exist() {
        health_world();
        for (email, hidden) in [
            ("ada@one.test", "Other"),
            ("vic@one.test", "Other"),
            ("con@one.test", "Second"),
            ("con@one.test", "Other"),
            ("nobody@one.test", "First"),
        ] {
            call_as(email);
            for account in [id(hidden), "gen_random_uuid()".to_owned()] {
                for call in calls(&account) {
                    assert_eq!(complaint(&call), NO_ACCOUNT, "{email}: {call}");
                }
            }
        }
    }

    #[pg_test]
    fn readers_compute_and_explain_but_do_not_refresh() {
        health_world();
        for email in ["vic@one.test", "con@one.test"] {
            call_as(email);
            let [compute, explain, change, refresh, overrule] = calls(&id("First"));
            for allowed in [compute, explain, change] {
                assert_eq!(fails_with(&allowed), "nothing", "{email}: {allowed}");
            }
            let refused = "42501 your role may not record usage or refresh health scores";
            assert_eq!(fails_with(&refresh), refused, "{email}");
            assert_eq!(fails_with("select cs.refresh_health()"), refused, "{email}");
            let refused = "42501 your role may not override health scores";
            assert_eq!(fails_with(&overrule), refused, "{email}");
            let refused = "42501 your role may not change the health model";
            for call in [
                "select cs.preview_health_model('{}')",
                "select cs.publish_health_model('{}')",
            ] {
                assert_eq!(fails_with(call), refused, "{email}");
            }
        }
        call_as("nobody@one.test");
        assert_eq!(
            fails_with("select cs.refresh_health()"),
            "42501 your role may not record usage or refresh health scores"
        );
        run("reset role");
        assert_eq!(number("select count(*) from cs.health_scores"), 0);
    }

    #[pg_test]
    fn a_member_refreshes_the_own_tenant_and_a_superuser_all() {
        health_world();
        daily("Other", "api_calls", "30", 40, 0);
        call_as("pat@one.test");
        assert_eq!(refresh_all(), 1);
        run("reset role");
        assert!(scores("Other").is_empty());
        run("select set_config('app.current_user_id', '', true)");
        assert_eq!(refresh_all(), 1);
        assert_eq!(scores("Other"), ["100 - computed time current"]);
        assert_eq!(
            fails_with("select cs.refresh_health(array(select id from pg_temp.ids))"),
            "nothing"
        );
    }

    #[pg_test]
    fn named_accounts_are_all_refreshed_or_none() {
        health_world();
        call_as("pat@one.test");
        assert_eq!(
            complaint(&format!(
                "select cs.refresh_health(array[{}, {}])",
                id("First"),
                id("Other")
            )),
            NO_ACCOUNT
        );
        assert!(scores("First").is_empty());
        assert_eq!(number("select cs.refresh_health('{}')"), 0);
        let twice = format!("select cs.refresh_health(array[{0}, {0}])", id("First"));
        assert_eq!(number(&twice), 1);
        assert_eq!(
            complaint("select cs.refresh_health(array[null]::uuid[])"),
            NO_ACCOUNT
        );
    }

    /// A fingerprint of all rows of all tables.
    fn everything() -> Vec<String> {
        let tables = lines(
            "select relname::text from pg_class
             where relnamespace = 'cs'::regnamespace and relkind in ('r', 'p') order by 1",
        );
        let sum = |table: String| {
            let query = format!(
                "select '{table} ' || coalesce(md5(string_agg(to_jsonb(it)::text, '' order by to_jsonb(it)::text)), '-') from cs.{table} as it"
            );
            text(&query).unwrap()
        };
        tables.into_iter().map(sum).collect()
    }

    #[pg_test]
    fn who_only_looks_leaves_nothing_behind() {
        health_world();
        import("Second", 60);
        let before = everything();
        for account in ["First", "Second"] {
            let [compute, explain, change, ..] = calls(&id(account));
            for call in [compute, explain, change] {
                run(&call);
            }
        }
        become_person("ada@one.test");
        run("select cs.preview_health_model('{\"weights\": {\"usage\": 1}}')");
        assert_eq!(everything(), before);
    }

    #[pg_test]
    fn a_moment_outside_of_the_calendar_is_bad_input() {
        health_world();
        for moment in ["infinity", "-infinity", "4713-01-01 BC", "294276-12-31"] {
            for native in ["compute_health", "explain_health"] {
                let call = format!("select cs.{native}({}, '{moment}')", id("First"));
                let said = fails_with(&call);
                assert!(
                    said == "nothing" || said.starts_with("22"),
                    "{call}: {said}"
                );
            }
        }
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', coalesce(overall_score::text, '-'), coverage, confidence, stale_feed)
                 from cs.compute_health({}, now() - interval '10 years')",
                id("First")
            )),
            ["- 0 low f"]
        );
    }

    #[pg_test]
    fn moments_without_end_among_the_rows_do_no_harm() {
        health_world();
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
             select tenant_id, id, 'logins', 1, moment::timestamptz from pg_temp.ids, unnest('{-infinity, infinity}'::text[]) as moment");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 50, '-infinity' from pg_temp.ids where name = 'Second'",
        );
        // One that seems to have moved on to something else long ago.
        daily("Second", "api_calls", "50", 40, 0);
        compute_marked_accounts();
        for account in ["First", "Second"] {
            let [compute, explain, change, refresh, _] = calls(&id(account));
            for call in [compute, explain, change, refresh] {
                assert_eq!(fails_with(&call), "nothing", "{call}");
            }
        }
        assert_eq!(scores("First"), ["100 - computed data current"]);
        assert_eq!(scores("Second").len(), 2);
    }

    #[pg_test]
    fn the_same_score_makes_one_row_and_one_heartbeat_a_day() {
        health_world();
        assert_eq!(refresh("First"), 1);
        assert_eq!((refresh("First"), refresh_all()), (0, 0));
        run("update cs.health_scores set created_at = created_at - interval '1 day'");
        assert_eq!((refresh_all(), refresh_all()), (1, 0));
        assert_eq!(
            scores("First"),
            [
                "100 - computed refresh",
                "100 100 computed heartbeat current"
            ]
        );
    }

    #[pg_test]
    fn a_changed_score_remembers_the_one_before() {
        health_world();
        refresh("First");
        run("delete from cs.usage_metrics where recorded_at > now() - interval '40 days'");
        compute_marked_accounts();
        let after = scores("First");
        assert_eq!(after.len(), 2);
        assert_eq!(after[0], "100 - computed refresh");
        assert_eq!(after[1], "0 100 computed account current");
        assert_eq!(drops(), ["First fired"]);
    }

    #[pg_test]
    fn each_occasion_names_its_cause() {
        health_world();
        compute_marked_accounts();
        assert!(scores("First").is_empty());
        refresh_all();
        daily("First", "logins", "0", 0, 0);
        compute_marked_accounts();
        assert_eq!(scores("First"), ["100 - computed time current"]);
        run("update cs.accounts set crm_attributes = '{\"seats\": 100}' where name = 'First'");
        compute_marked_accounts();
        run("update cs.usage_metrics set metric_value = 0 where metric_type = 'api_calls'");
        compute_marked_accounts();
        assert_eq!(
            lines(
                "select cause from cs.health_scores where account_id =
                     (select id from cs.accounts where name = 'First') order by created_at"
            ),
            ["time", "account", "data"]
        );
    }

    #[pg_test]
    fn without_data_there_is_no_row() {
        health_world();
        assert_eq!((refresh("Second"), refresh_all()), (0, 1));
        assert!(scores("Second").is_empty());
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', component, null_reason) from cs.explain_health({}) where component = 'overall'",
                id("Second")
            )),
            ["overall no data"]
        );
    }

    #[pg_test]
    fn a_lost_customer_keeps_the_last_score() {
        health_world();
        refresh("First");
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        run("delete from cs.usage_metrics where metric_type <> 'logins'");
        assert_eq!((refresh("First"), refresh_all()), (0, 0));
        compute_marked_accounts();
        run("update cs.health_scores set created_at = created_at - interval '2 days'");
        assert_eq!((refresh("First"), refresh_all()), (0, 0));
        assert_eq!(scores("First"), ["100 - computed refresh current"]);
        let call = format!(
            "select cs.set_health_override({}, 50, 'because')",
            id("First")
        );
        assert_eq!(
            fails_with(&call),
            "22023 the score of a lost customer is frozen"
        );
        run("update cs.accounts set status = 'Active' where name = 'First'");
        compute_marked_accounts();
        assert_eq!(scores("First").len(), 2);
    }

    #[pg_test]
    fn a_paused_customer_is_computed_and_fires_nothing() {
        health_world();
        refresh("First");
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        run("delete from cs.usage_metrics where recorded_at > now() - interval '40 days'");
        compute_marked_accounts();
        assert_eq!(scores("First")[1], "0 100 computed account current");
        assert_eq!(drops(), ["First paused"]);
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ->> 'event_type' = 'health_drop'"
            ),
            0
        );
    }

    #[pg_test]
    fn a_score_with_little_behind_it_fires_nothing() {
        health_world();
        daily("Second", "logins", "1", 12, 12);
        compute_marked_accounts();
        assert_eq!(
            lines("select confidence from cs.health_current where account_name = 'Second'"),
            ["low"]
        );
        assert_eq!(drops(), ["Second low_confidence"]);
    }

    #[pg_test]
    fn a_sender_that_fell_silent_fires_nothing() {
        health_world();
        // Second was hardly used before the feed went out for all of them.
        daily("Second", "logins", "0.1", 60, 40);
        run("insert into cs.accounts (tenant_id, name)
             select id, account from cs.tenants, unnest('{Third, Fourth}'::text[]) as it (account) where slug = 'one'");
        for account in ["Third", "Fourth"] {
            daily(account, "logins", "0.1", 60, 4);
            daily(account, "feature_usage", "0.1", 60, 4);
            daily(account, "api_calls", "0.1", 60, 4);
        }
        run("delete from cs.usage_metrics where recorded_at > now() - interval '4 days'");
        compute_marked_accounts();
        assert_eq!(
            lines("select account_name || ' ' || stale_feed from cs.health_current order by 1"),
            ["First true", "Fourth true", "Second true", "Third true"]
        );
        assert_eq!(drops(), ["Second stale_feed"]);
        assert_eq!(
            lines(
                "select name || ' ' || overall_score from cs.account_overview where name = 'First'"
            ),
            ["First 100"]
        );
    }
}
