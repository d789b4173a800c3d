//! From a stage or a score to executions and deliveries.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, lines, number, run};
    use pgrx::prelude::*;

    #[pg_test]
    fn stages_leave_a_gapless_chain_and_a_rename_is_no_move() {
        run(WORLD);
        run("update cs.accounts set current_stage = 'Adoption' where name = 'First'");
        run("update cs.journey_stages set name = 'Adopting' where name = 'Adoption'");
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        assert_eq!(
        lines(
            "select concat_ws(' ', coalesce(from_stage, '-'), to_stage, exited_at is null,
                entered_at is not distinct from lag(exited_at) over (order by entered_at, id))
             from cs.journey_history where account_id = (select id from cs.accounts where name = 'First')
             order by entered_at, id"
        ),
        ["- Onboarding f f", "Onboarding Adopting f t", "Adopting Renewal t t"]
    );
    }

    #[pg_test]
    fn one_score_is_current_and_an_older_one_is_history() {
        run(WORLD);
        let score = |value: i32, at: &str| {
            run(&format!(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, is_current, created_at)
             select tenant_id, id, {value}, false, {at} from cs.accounts where name = 'First'"
        ));
        };
        score(90, "null");
        score(60, "null");
        score(10, "now() - interval '1 day'");
        assert_eq!(
        lines(
            "select concat_ws(' ', overall_score, coalesce(previous_score::text, '-'), risk_level, is_current)
             from cs.health_scores order by created_at"
        ),
        ["10 - Critical f", "90 - Healthy f", "60 90 At Risk t"]
    );
        assert_eq!(
            number(
                "select count(*) from cs.playbook_executions where event ->> 'kind' = 'health_drop'"
            ),
            0
        );
    }

    #[pg_test]
    fn a_drop_fires_once_and_then_cools_down() {
        run(WORLD);
        for value in [72, 38, 33, 60, 20] {
            run(&format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, {value} from cs.accounts where name = 'First'"
            ));
        }
        assert_eq!(
        lines(
            "select concat_ws(' ', result, event ->> 'previous_score', event ->> 'score', webhook_id is not null)
             from cs.playbook_executions where event ->> 'kind' = 'health_drop' order by executed_at, id"
        ),
        ["fired 72 38 t", "cooldown 60 20 f"]
    );
        assert_eq!(
            lines(
                "select host from cs.webhook_queue where payload ->> 'event_type' = 'health_drop'"
            ),
            ["receiver.test:443"]
        );
    }

    #[pg_test]
    fn one_statement_is_matched_as_a_whole_and_keeps_the_daily_cap() {
        run(WORLD);
        run("update cs.playbooks set max_executions_per_day = 1");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 10 from cs.accounts",
        );
        assert_eq!(
        lines(
            "select concat_ws(' ', tenant.slug, execution.result)
             from cs.playbook_executions as execution join cs.tenants as tenant on tenant.id = execution.tenant_id
             where execution.event ->> 'kind' = 'health_drop' order by 1"
        ),
        ["one daily_cap", "one fired"]
    );
    }

    #[pg_test]
    fn gates_hold_paused_accounts_and_uncertain_scores() {
        run(WORLD);
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, confidence)
         select tenant_id, id, 10, 'low' from cs.accounts",
        );
        assert_eq!(
            lines(
                "select result from cs.playbook_executions where event ->> 'kind' = 'health_drop' order by result"
            ),
            ["low_confidence", "paused"]
        );
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ->> 'event_type' = 'health_drop'"
            ),
            0
        );
    }

    #[pg_test]
    fn a_playbook_stores_its_stage_by_id_and_follows_a_rename() {
        run(WORLD);
        run("insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url)
         select id, 'Renewals', '{\"event\": {\"kind\": \"stage_enter\", \"stage\": \"renewal\"}}', 'https://receiver.test/'
         from cs.tenants where slug = 'one'");
        run("update cs.journey_stages set name = 'Renewing' where name = 'Renewal'");
        run("update cs.accounts set current_stage = 'Renewing' where name = 'First'");
        assert_eq!(
        lines(
            "select execution.result from cs.playbook_executions as execution
             join cs.playbooks as playbook on playbook.id = execution.playbook_id where playbook.name = 'Renewals'"
        ),
        ["fired"]
    );
    }
}
