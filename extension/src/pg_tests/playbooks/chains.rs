//! Playbooks that set each other off come to an end, and none runs for everybody at once.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::playbooks::{quiet_world, results, score};
    use crate::pg_tests::{become_person, lines, number, run, text};
    use pgrx::prelude::*;

    /// A playbook that moves accounts from one stage, or any, to another.
    fn mover(name: &str, from: Option<&str>, to: &str) {
        let stage = from.map_or(String::new(), |it| format!(", \"stage\": \"{it}\""));
        run(&format!(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, actions, cooldown_minutes)
             select id, '{name}', '{{\"event\": {{\"kind\": \"stage_enter\"{stage}}}}}', '[{{\"kind\": \"stage\", \"stage\": \"{to}\"}}]', 0
             from cs.tenants where slug = 'one'"
        ));
    }

    fn log() -> Vec<String> {
        lines(
            "select concat_ws(' ', playbook.name, run.chain, run.result)
             from cs.playbook_executions as run join cs.playbooks as playbook on playbook.id = run.playbook_id
             order by run.id",
        )
    }

    #[pg_test]
    fn a_circle_runs_once() {
        quiet_world();
        mover("A", Some("Renewal"), "Adoption");
        mover("B", Some("Adoption"), "Renewal");
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        assert_eq!(log(), ["A 1 fired", "B 2 fired", "A 3 chain"]);
        assert_eq!(
            text("select current_stage from cs.accounts where name = 'First'").as_deref(),
            Some("Renewal")
        );
        run("update cs.accounts set current_stage = 'Adoption' where name = 'First'");
        assert_eq!(log().len(), 6, "the next change is a chain of its own");
    }

    #[pg_test]
    fn a_chain_is_at_most_five_long() {
        quiet_world();
        run("delete from cs.stage_milestones");
        for number in 1..=8 {
            run(&format!(
                "insert into cs.journey_stages (tenant_id, name, display_order) select id, 'S{number}', {} from cs.tenants where slug = 'one'",
                100 + number
            ));
        }
        for number in 1..=7 {
            mover(
                &format!("P{number}"),
                Some(&format!("S{number}")),
                &format!("S{}", number + 1),
            );
        }
        run("update cs.accounts set current_stage = 'S1' where name = 'First'");
        assert_eq!(
            log(),
            [
                "P1 1 fired",
                "P2 2 fired",
                "P3 3 fired",
                "P4 4 fired",
                "P5 5 fired",
                "P6 6 chain"
            ]
        );
        assert_eq!(
            text("select current_stage from cs.accounts where name = 'First'").as_deref(),
            Some("S6")
        );
        assert_eq!(
            lines(
                "select distinct chain || ' ' || (event ->> 'kind') from cs.playbook_executions where chain = 3"
            ),
            ["3 stage_enter"]
        );
    }

    #[pg_test]
    fn whatever_is_built_one_change_runs_each_playbook_once() {
        quiet_world();
        run("delete from cs.stage_milestones");
        let stages = [
            "Onboarding",
            "Adoption",
            "Value Realization",
            "Expansion",
            "Renewal",
            "At Risk",
        ];
        for (place, stage) in stages.iter().enumerate() {
            mover(&format!("Any {stage}"), None, stage);
            mover(
                &format!("From {stage}"),
                Some(stage),
                stages[(place + 2) % stages.len()],
            );
        }
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        assert_eq!(
            number(
                "select count(*) from (select 1 from cs.playbook_executions where result = 'fired' group by playbook_id having count(*) > 1) as twice"
            ),
            0
        );
        assert!(
            number("select max(chain) from cs.playbook_executions where result = 'fired'") <= 5
        );
        assert_eq!(
            number(
                "select count(*) from cs.journey_history where exited_at is null and account_id = (select id from cs.accounts where name = 'First')"
            ),
            1
        );
    }

    #[pg_test]
    fn a_burst_waits_for_a_person() {
        quiet_world();
        run(
            "insert into cs.accounts (tenant_id, name) select id, 'Many ' || lpad(number::text, 2, '0') from cs.tenants cross join generate_series(1, 12) as number where slug = 'one'",
        );
        run("set local customer_success.playbook_burst = 5");
        run(
            r#"insert into cs.playbooks (tenant_id, name, trigger_criteria, actions, cooldown_minutes)
               select id, 'Alert', '{"event": {"kind": "health_drop", "threshold": 40}}', '[{"kind": "task", "title": "Look"}]', 0 from cs.tenants where slug = 'one'"#,
        );
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 10 from cs.accounts where name like 'Many %'",
        );
        let count = || {
            lines(
                "select result || ' ' || count(*) from cs.playbook_executions group by result order by result",
            )
        };
        assert_eq!(count(), ["burst 7", "fired 5"]);
        score("First", 10);
        assert_eq!(count(), ["burst 8", "fired 5"]);
        assert_eq!(
            number("select cardinality(account_ids) from cs.playbook_bursts"),
            8
        );
        assert_eq!(number("select count(*) from cs.playbook_bursts"), 1);

        become_person("ada@one.test");
        run("set local customer_success.playbook_burst = 8");
        assert_eq!(
            text("select cs.release_burst(id, 2) ->> 'results' from cs.playbook_bursts").as_deref(),
            Some(r#"{"fired": 2}"#)
        );
        assert_eq!(
            number(
                "select cardinality(account_ids) from cs.playbook_bursts where ended_at is null"
            ),
            6
        );
        assert_eq!(
            text("select cs.release_burst(id) ->> 'results' from cs.playbook_bursts").as_deref(),
            Some(r#"{"burst": 5, "fired": 1}"#),
            "what is released meets the gates as they are now"
        );
        assert_eq!(
            number("select cs.drop_burst(id) from cs.playbook_bursts where ended_at is null"),
            5
        );
        assert_eq!(
            lines(
                "select count(*) || ' ' || bool_and(ended_by is not null) from cs.playbook_bursts where ended_at is not null"
            ),
            ["2 true"]
        );
        assert_eq!(
            lines(
                "select result || ' ' || count(*) from cs.playbook_executions group by result order by result"
            ),
            ["burst 13", "dropped 5", "fired 8"]
        );
        assert!(
            results("Alert")
                .iter()
                .any(|it| it == "First dropped" || it == "First fired")
        );
    }
}
