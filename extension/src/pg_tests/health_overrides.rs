//! Scores that are not computed: set by a person, or imported.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::{
        complaint, compute_marked_accounts, daily, drops, health_world, import, refresh,
        refresh_all, run_daily_passes, scores,
    };
    use crate::pg_tests::{become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn overrule(arguments: &str) -> String {
        format!(
            "select cs.set_health_override((select id from pg_temp.ids where name = 'First'), {arguments})"
        )
    }

    fn pat() {
        health_world();
        become_person("pat@one.test");
        run("set local role cs_member");
    }

    #[pg_test]
    fn an_override_needs_a_score_a_reason_and_an_end() {
        pat();
        for (arguments, expected) in [
            (
                "101, 'x'",
                "22023|score must be from 0 to 100, not 101|{\"field\":\"score\"}|",
            ),
            (
                "-1, 'x'",
                "22023|score must be from 0 to 100, not -1|{\"field\":\"score\"}|",
            ),
            (
                "50",
                "22023|an override needs a reason|{\"field\":\"reason\"}|",
            ),
            (
                "50, null",
                "22023|an override needs a reason|{\"field\":\"reason\"}|",
            ),
            (
                "50, E' \\t'",
                "22023|an override needs a reason|{\"field\":\"reason\"}|",
            ),
            (
                "50, 'x', now()",
                "22023|an override must end in the future, within 90 days|{\"field\":\"until\"}|",
            ),
            (
                "50, 'x', now() - interval '1 hour'",
                "22023|an override must end in the future, within 90 days|",
            ),
            (
                "50, 'x', now() + interval '91 days'",
                "22023|an override must end in the future, within 90 days|",
            ),
            (
                "50, 'x', 'infinity'",
                "22023|an override must end in the future, within 90 days|",
            ),
            (
                "50, 'x', '-infinity'",
                "22023|an override must end in the future, within 90 days|",
            ),
        ] {
            let said = complaint(&overrule(arguments));
            assert!(said.starts_with(expected), "{arguments}: {said}");
        }
        assert_eq!(
            complaint("select cs.set_health_override(null, 50, 'x')"),
            "P0002|no such account||"
        );
        run("reset role");
        assert_eq!(number("select count(*) from cs.health_overrides"), 0);
    }

    #[pg_test]
    fn an_override_replaces_the_computed_score_until_it_ends() {
        pat();
        refresh("First");
        run(&overrule(
            "20, 'Their sponsor left', now() + interval '90 days'",
        ));
        assert_eq!(
            lines("select concat_ws('|', overall_score, risk_level, raw_score, usage_score, source, cause, override_reason, previous_score)
                   from cs.health_current"),
            ["20|Critical|100|100|override|override|Their sponsor left|100"]
        );
        assert_eq!(
            lines(
                "select name || ' ' || overall_score || ' ' || risk_level from cs.account_overview where overall_score is not null"
            ),
            ["First 20 Critical"]
        );
        run("reset role");
        assert_eq!(drops(), ["First fired"]);
        // Neither usage nor a pass ends it; the computed score kept with it follows.
        daily("First", "logins", "1", 0, 0);
        compute_marked_accounts();
        run(
            "update cs.usage_metrics set metric_value = metric_value / 2 where metric_type = 'feature_usage' and recorded_at > now() - interval '30 days'",
        );
        compute_marked_accounts();
        assert_eq!((refresh("First"), refresh_all()), (0, 0));
        assert_eq!(scores("First").len(), 3);
        assert_eq!(scores("First")[2], "20 20 override data current");
        run("set local role cs_member");
        run(&overrule("null"));
        run("reset role");
        let after = scores("First");
        assert_eq!(after.len(), 4);
        assert!(
            after[3].ends_with(" 20 computed override current"),
            "{after:?}"
        );
        assert_eq!(
            lines("select concat_ws(' ', score, reason, ended_at >= set_at, (select email from cs.users where id = set_by), ended_by = set_by)
                   from cs.health_overrides"),
            ["20 Their sponsor left t pat@one.test t"]
        );
        assert_eq!(
            number(&format!(
                "select count(*) from ({}) as ended_twice",
                overrule("null")
            )),
            1
        );
        assert_eq!(scores("First").len(), 4);
    }

    #[pg_test]
    fn an_override_ends_when_its_time_is_over() {
        pat();
        refresh("First");
        run(&overrule("20, 'x', now() + interval '1 second'"));
        run("reset role");
        run("update cs.health_overrides set set_at = set_at - interval '1 hour', until = now()");
        for tenant in crate::health::find_expired_overrides().unwrap() {
            crate::health::end_expired_overrides(tenant).unwrap();
        }
        compute_marked_accounts();
        assert_eq!(scores("First")[2], "100 20 computed override current");
        assert_eq!(
            text(
                "select concat_ws(' ', ended_at = until, ended_by is null) from cs.health_overrides"
            ),
            Some("t t".into())
        );
    }

    #[pg_test]
    fn an_expired_override_no_longer_counts_before_it_is_ended() {
        pat();
        run(&overrule("20, 'x', now() + interval '1 second'"));
        run("reset role");
        run("update cs.health_overrides set set_at = set_at - interval '1 hour', until = now()");
        assert_eq!(refresh_all(), 1);
        assert_eq!(scores("First")[1], "100 20 computed override current");
        run(&overrule("30, 'y'"));
        assert_eq!(scores("First")[2], "30 100 override override current");
    }

    #[pg_test]
    fn a_second_override_replaces_the_first_which_is_kept() {
        pat();
        run(&overrule("20, 'First'"));
        run(&overrule("90, 'Second'"));
        run("reset role");
        assert_eq!(
            scores("First"),
            ["20 - override override", "90 20 override override current"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', reason, ended_at is null) from cs.health_overrides order by reason"
            ),
            ["First f", "Second t"]
        );
        assert_eq!(
            lines("select override_reason from cs.health_current"),
            ["Second"]
        );
        assert_eq!(
            lines(
                "select reading from pg_temp.ids, cs.explain_health(ids.id) where name = 'First' and part = 'override'"
            ),
            ["Second"]
        );
    }

    #[pg_test]
    fn an_override_without_data_leaves_nothing_when_it_ends() {
        health_world();
        let call = |score: &str| {
            run(&format!(
                "select cs.set_health_override(id, {score}, 'x') from pg_temp.ids where name = 'Second'"
            ));
        };
        call("70");
        assert_eq!(scores("Second"), ["70 - override override current"]);
        call("null");
        assert_eq!(scores("Second"), ["70 - override override"]);
        assert_eq!(
            lines(
                "select coalesce(overall_score::text, 'no data') from cs.account_overview where name = 'Second'"
            ),
            ["no data"]
        );
        assert_eq!(refresh("Second"), 0);
    }

    #[pg_test]
    fn an_override_replaces_an_import_too() {
        health_world();
        import("First", 66);
        run(&overrule("20, 'x'"));
        assert_eq!(
            scores("First"),
            ["66 - imported -", "20 66 override override current"]
        );
        run(&overrule("null"));
        assert_eq!(scores("First")[2], "100 20 computed override current");
    }

    #[pg_test]
    fn an_import_gives_way_only_to_being_named_and_to_new_usage() {
        health_world();
        import("First", 66);
        refresh_all();
        run_daily_passes();
        become_person("ada@one.test");
        run("select cs.publish_health_model('{\"weights\": {\"usage\": 50}}')");
        run("update cs.accounts set crm_attributes = '{\"seats\": 5}' where name = 'First'");
        run("delete from cs.usage_metrics where recorded_at < now() - interval '110 days'");
        compute_marked_accounts();
        run("update cs.health_scores set created_at = created_at - interval '2 days'");
        refresh_all();
        assert_eq!(scores("First"), ["66 - imported - current"]);
        assert_eq!(refresh("First"), 1);
        assert_eq!(scores("First")[1], "100 66 computed refresh current");
    }

    #[pg_test]
    fn an_import_gives_way_to_usage_that_arrives_after_it() {
        health_world();
        daily("First", "logins", "1", 0, 0);
        import("First", 66);
        compute_marked_accounts();
        assert_eq!(scores("First"), ["66 - imported - current"]);
        daily("First", "logins", "1", 0, 0);
        compute_marked_accounts();
        assert_eq!(
            scores("First"),
            ["66 - imported -", "100 66 computed data current"]
        );
    }

    #[pg_test]
    fn an_older_import_is_history_and_one_of_the_future_is_refused() {
        health_world();
        refresh("First");
        run("insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 11, now() - interval '3 days' from pg_temp.ids where name = 'First'");
        assert_eq!(
            scores("First"),
            ["11 - imported -", "100 - computed refresh current"]
        );
        assert_eq!(drops(), Vec::<String>::new());
        assert!(
            fails_with(
                "insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
                 select tenant_id, id, 11, now() + interval '3 days' from pg_temp.ids where name = 'First'"
            )
            .starts_with("22023 a score cannot be dated in the future")
        );
    }
}
