//! An explanation adds up: what it shows is enough to compute the score by hand.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::{daily, health_world, refresh};
    use crate::pg_tests::{become_person, lines, number, run, text};
    use pgrx::prelude::*;

    /// Accounts of every kind, with their explanations in a table.
    fn explained(model: &str) {
        health_world();
        become_person("ada@one.test");
        run(&format!("select cs.publish_health_model('{model}')"));
        run("insert into cs.accounts (tenant_id, name, crm_attributes)
             select id, account, '{\"seats\": 3}' from cs.tenants,
                 unnest('{Silent, Calling, Young, Falling, Troubled}'::text[]) as it (account)
             where slug = 'one'");
        run(
            "insert into pg_temp.ids select name, tenant_id, id from cs.accounts
             where name not in (select name from pg_temp.ids)",
        );
        for kind in ["logins", "feature_usage"] {
            daily("Silent", kind, "3", 100, 40);
            daily("Young", kind, "2", 4, 0);
            daily(
                "Falling",
                kind,
                "case when day < 30 then 0.4 else 3 end",
                110,
                9,
            );
            daily("Troubled", kind, "0.7", 70, 0);
        }
        daily("Calling", "api_calls", "7.3", 90, 1);
        for (severity, days) in [("critical", 5), ("low", 12), ("normal", 50), ("high", 20)] {
            run(&format!(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
                 select tenant_id, id, 'support_tickets', 1,
                     '{{\"ticket_id\": \"{severity}\", \"severity\": \"{severity}\", \"status\": \"open\", \"csat\": 2}}',
                     now() - {days} * interval '1 day'
                 from cs.accounts where name = 'Troubled'"
            ));
        }
        run("create temp table told on commit drop as
             select ids.name, line.* from pg_temp.ids, cs.explain_health(ids.id) as line");
    }

    /// The sums that must hold in every explanation; each query lists what does not.
    fn adds_up() {
        let parts = "component <> 'overall' and part is not null and metric is null";
        for (what, wrong) in [
            (
                "the shares of all parts are the whole",
                format!(
                    "select name || ' ' || sum(effective_weight) from told where {parts} group by name
                     having abs(sum(effective_weight) - 100) > 0.01"
                ),
            ),
            (
                "so are those of the components",
                "select name || ' ' || sum(effective_weight) from told
                 where component <> 'overall' and part is null group by name
                 having abs(sum(effective_weight) - 100) > 0.01".to_owned(),
            ),
            (
                "a component is the mean of its parts",
                format!(
                    "select told.name || ' ' || told.component || ' ' || told.score || ' not ' || mean.score
                     from told
                     join (
                         select name, component, sum(weight * score) / sum(weight) as score from told
                         where {parts} and score is not null group by name, component
                     ) as mean using (name, component)
                     where told.part is null and abs(told.score - mean.score) > 0.5001
                         and told.reading not like 'limited%'"
                ),
            ),
            (
                "a part is the mean of its details",
                "select told.name || ' ' || told.component || ' ' || told.part || ' ' || told.score || ' not ' || mean.score
                 from told
                 join (
                     select name, component, part, sum(weight * score) / sum(weight) as score from told
                     where metric is not null and score is not null group by name, component, part
                 ) as mean using (name, component, part)
                 where told.metric is null and abs(told.score - mean.score) > 0.001".to_owned(),
            ),
            (
                "the whole is the mean of the components",
                "select whole.name || ' ' || whole.raw_value || ' not ' || mean.score
                 from told as whole
                 join (
                     select name, floor(sum(weight * score) / sum(weight) + 0.5) as score from told
                     where component <> 'overall' and part is null and score is not null and weight > 0 group by name
                 ) as mean using (name)
                 where whole.component = 'overall' and whole.part is null and whole.raw_value <> mean.score".to_owned(),
            ),
            (
                "what is lost follows from share and score",
                "select name || ' ' || component || ' ' || coalesce(part, '') from told
                 where component <> 'overall'
                     and abs(points_lost - effective_weight * (100 - score) / 100) > 0.001".to_owned(),
            ),
            (
                "what has no score says why, and only that",
                "select name || ' ' || component || ' ' || coalesce(part, '') from told
                 where (score is null) <> (null_reason is not null)".to_owned(),
            ),
            (
                "what has a score has a share in the whole, if there is one",
                "select name || ' ' || component || ' ' || coalesce(part, '') from told
                 where component <> 'overall'
                     and (effective_weight is not null) <> (
                         score is not null
                         and name in (select name from told where component = 'overall' and score is not null)
                     )".to_owned(),
            ),
            (
                "at most one row gains most, and none that has all its points",
                "select name from told group by name
                 having count(*) filter (where largest_gain) > 1
                     or bool_or(largest_gain and part <> 'cap' and points_lost = 0)".to_owned(),
            ),
            (
                "a cap that holds the score is what gains most",
                "select name from told where component = 'overall' and part = 'cap' and largest_gain <> (raw_value > target)".to_owned(),
            ),
            (
                "rows lie within their window",
                "select told.name || ' ' || told.component || ' ' || told.part || ' ' || told.row_count
                 from told
                 join pg_temp.ids using (name)
                 cross join lateral (
                     select count(*) as rows from cs.usage_metrics as metric
                     where metric.account_id = ids.id and metric.recorded_at > told.window_from and metric.recorded_at <= told.window_to
                 ) as within
                 where told.row_count > within.rows".to_owned(),
            ),
            (
                "no number is none",
                "select name || ' ' || component || ' ' || coalesce(part, '') from told
                 where 'NaN' in (raw_value, target, baseline, score, weight, effective_weight, points_lost)".to_owned(),
            ),
            (
                "a window has a beginning before its end",
                "select name || ' ' || component || ' ' || part from told where window_from > window_to".to_owned(),
            ),
            (
                "it says the same as computing does",
                "select told.name || ' ' || concat_ws(' ', overall_score, usage_score, engagement_score, support_score, adoption_score)
                 from told join pg_temp.ids using (name) cross join lateral cs.compute_health(ids.id) as computed
                 where told.part is null
                     and told.score is distinct from case component
                         when 'overall' then overall_score when 'usage' then usage_score
                         when 'engagement' then engagement_score when 'support' then support_score
                         else adoption_score end".to_owned(),
            ),
        ] {
            assert_eq!(lines(&wrong), Vec::<String>::new(), "{what}");
        }
    }

    #[pg_test]
    fn an_explanation_adds_up() {
        explained("{}");
        adds_up();
        assert_eq!(
            lines(
                "select name from told where component = 'overall' and part is null and score is null order by 1"
            ),
            ["Other", "Second"]
        );
        // Six parts of four components, each component and part once.
        assert_eq!(
            number("select count(*) from (select from told where metric is null and component <> 'overall'
                    group by name, component, part having count(*) > 1) as doubled"),
            0
        );
    }

    #[pg_test]
    fn an_explanation_adds_up_under_any_weights() {
        explained(
            r#"{"weights": {"usage": 0.5, "engagement": 7, "support": 0, "adoption": 3.25}}"#,
        );
        adds_up();
    }

    #[pg_test]
    fn a_component_that_counts_for_nothing_gives_no_score() {
        explained(r#"{"weights": {"usage": 0, "engagement": 1, "support": 0, "adoption": 0}}"#);
        adds_up();
        assert_eq!(
            text(
                "select coalesce(raw_value::text, 'none') from told where name = 'Calling' and component = 'overall'"
            ),
            Some("none".into())
        );
        assert_eq!(refresh("Calling"), 0);
    }

    #[pg_test]
    fn a_cap_and_an_override_have_their_rows() {
        explained(
            r#"{"caps": [{"when": {"field": "health_score", "op": "gt", "value": 90}, "max": 90, "reason": "Too good"}]}"#,
        );
        run(
            "select cs.set_health_override(id, 12, 'They told us') from pg_temp.ids where name = 'First'",
        );
        assert_eq!(
            lines(
                "select concat_ws('|', part, raw_value, target, score, reading) from pg_temp.ids, cs.explain_health(ids.id)
                 where name = 'First' and component = 'overall' and part is not null"
            ),
            ["cap|100|90|90|Too good", "override|12|They told us"]
        );
        assert_eq!(
            lines(
                "select concat_ws('|', overall_score, raw_score, cap_reason, risk_level)
                 from pg_temp.ids, cs.compute_health(ids.id) where name = 'First'"
            ),
            ["90|100|Too good|Healthy"]
        );
    }

    #[pg_test]
    fn an_explanation_names_what_was_taken_as_usual_and_when() {
        health_world();
        run(
            "insert into cs.health_norms (tenant_id, taken_at, catalogue, median_depth, accounts)
             select id, now() - interval '1 hour', '{audit,export,sso}', 1, 9 from cs.tenants where slug = 'one'",
        );
        for quick in [true, false] {
            let told = format!(
                "select (reading like '%of 3 features%; as of %')::text from pg_temp.ids, cs.explain_health(ids.id, quick => {quick})
                 where name = 'First' and component = 'adoption' and part = 'breadth'"
            );
            assert_eq!(text(&told).as_deref(), Some("true"), "{quick}");
        }
    }

    #[pg_test]
    fn a_change_is_explained_step_by_step() {
        health_world();
        run("insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 77, now() - interval '21 days' from pg_temp.ids where name = 'First'");
        become_person("ada@one.test");
        run(
            "select cs.set_health_override(id, 12, 'They told us') from pg_temp.ids where name = 'First'",
        );
        run("create temp table steps on commit drop as
             select steps.* from pg_temp.ids, cs.health_change(ids.id, now() - interval '20 days', clock_timestamp()) as steps
             where name = 'First'");
        assert_eq!(
            lines("select concat_ws(' ', step, cause, points, score) from steps order by step"),
            [
                "0 start 77",
                "1 left_window -40 37",
                "2 new_data 40 77",
                "3 usual 0 77",
                "4 model 0 77",
                "5 cap 0 77",
                "6 override -88 -11",
                "7 other 23 12",
                "8 end -65 12",
            ]
        );
        assert_eq!(
            text(
                "select sum(points) filter (where cause not in ('start', 'end'))::text from steps"
            ),
            text("select points::text from steps where cause = 'end'")
        );
    }
}
