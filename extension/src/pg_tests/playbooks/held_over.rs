//! What a gate that may open holds back is decided anew once it does.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::playbooks::{quiet_world, results, score, wait_for};
    use crate::pg_tests::{lines, run};
    use pgrx::prelude::*;

    const DROP: &str = r#"{"event": {"kind": "health_drop", "threshold": 40}}"#;

    /// A score with what stands beside it.
    fn score_with(score: i32, extra: &str) {
        run(&format!(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, confidence, stale_feed)
             select tenant_id, id, {score}, {extra} from cs.accounts where name = 'First'"
        ));
    }

    #[pg_test]
    fn a_score_of_a_silent_feed_fires_once_the_feed_is_back() {
        quiet_world();
        wait_for("Alert", DROP);
        score_with(80, "'high', false");
        score_with(35, "'high', true");
        score_with(34, "'high', true");
        assert_eq!(results("Alert"), ["First stale_feed"]);
        score_with(33, "'low', false");
        assert_eq!(
            results("Alert"),
            ["First stale_feed"],
            "still shut, by another gate"
        );
        score_with(33, "null, false");
        assert_eq!(results("Alert"), ["First stale_feed", "First fired"]);
        assert_eq!(
            lines(
                "select concat_ws(' ', result, is_open, event ? 'held_since', event ->> 'score') from cs.playbook_executions order by executed_at, id"
            ),
            ["stale_feed f f 35", "fired f t 35"]
        );
        score_with(32, "null, false");
        assert_eq!(results("Alert").len(), 2);
    }

    #[pg_test]
    fn what_no_longer_holds_ends() {
        quiet_world();
        wait_for("Alert", DROP);
        score_with(35, "'low', false");
        score_with(60, "'low', false");
        score_with(60, "'high', false");
        assert_eq!(results("Alert"), ["First low_confidence"]);
        score_with(60, "'low', false");
        score_with(30, "'low', false");
        score_with(60, "'low', false");
        // On the other side again, but where nothing met the conditions.
        run(
            r#"update cs.playbooks set trigger_criteria = trigger_criteria || '{"when": {"field": "arr", "op": "is_set"}}' where name = 'Alert'"#,
        );
        score_with(30, "'low', false");
        score_with(30, "'high', false");
        assert_eq!(
            results("Alert"),
            ["First low_confidence", "First low_confidence"]
        );
    }

    #[pg_test]
    fn a_paused_account_runs_what_still_holds_when_it_goes_on() {
        quiet_world();
        wait_for("Alert", DROP);
        wait_for(
            "Enters",
            r#"{"event": {"kind": "stage_enter", "stage": "Renewal"}}"#,
        );
        wait_for("Exits", r#"{"event": {"kind": "stage_exit"}}"#);
        wait_for(
            "Gold",
            r#"{"event": {"kind": "attribute_change", "field": "crm_attributes.tier", "to": "gold"}}"#,
        );
        wait_for(
            "Any",
            r#"{"event": {"kind": "attribute_change", "field": "crm_attributes.tier"}}"#,
        );
        run("update cs.accounts set status = 'Paused'");
        score("First", 30);
        score("Second", 30);
        score("Second", 60);
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        run("update cs.accounts set current_stage = 'Renewal' where name = 'Second'");
        run("update cs.accounts set current_stage = 'Adoption' where name = 'Second'");
        run(r#"update cs.accounts set crm_attributes = '{"tier": "gold"}'"#);
        run(
            r#"update cs.accounts set crm_attributes = '{"tier": "silver"}' where name = 'Second'"#,
        );
        run("update cs.journey_stages set name = 'Renewing' where name = 'Renewal'");
        for name in ["Alert", "Enters", "Exits", "Gold", "Any"] {
            assert!(
                results(name).iter().all(|it| it.ends_with("paused")),
                "{name}"
            );
        }
        let before = |name: &str| results(name).len();
        let (alert, enters, exits, gold, any) = (
            before("Alert"),
            before("Enters"),
            before("Exits"),
            before("Gold"),
            before("Any"),
        );
        run("update cs.accounts set status = 'Active'");
        assert_eq!(results("Alert")[alert..], ["First fired"]);
        assert_eq!(results("Enters")[enters..], ["First fired"]);
        assert!(
            results("Exits")[exits..].is_empty(),
            "it has no state that could last"
        );
        assert_eq!(results("Gold")[gold..], ["First fired"]);
        let mut others = results("Any")[any..].to_vec();
        others.sort();
        assert_eq!(others, ["First fired", "Second fired"]);
    }

    #[pg_test]
    fn cooldown_and_cap_end_a_match() {
        quiet_world();
        wait_for("Alert", DROP);
        run("update cs.playbooks set cooldown_minutes = 60 where name = 'Alert'");
        score("First", 30);
        score("First", 60);
        run("update cs.accounts set status = 'Paused'");
        score("First", 30);
        run("update cs.accounts set status = 'Active'");
        assert_eq!(
            results("Alert"),
            ["First fired", "First paused", "First cooldown"]
        );
        run("update cs.playbook_executions set executed_at = executed_at - interval '2 hours'");
        run("update cs.accounts set status = 'Paused'");
        run("update cs.accounts set status = 'Active'");
        assert_eq!(results("Alert").len(), 3, "it has ended");
    }

    #[pg_test]
    fn a_playbook_that_is_off_then_runs_nothing_and_one_made_later_catches_nothing_up() {
        quiet_world();
        wait_for("Alert", DROP);
        run("update cs.accounts set status = 'Paused'");
        score("First", 30);
        run("update cs.playbooks set paused_at = now() where name = 'Alert'");
        wait_for("Late", DROP);
        run("update cs.accounts set status = 'Active'");
        assert_eq!(results("Alert"), ["First paused"]);
        score("First", 20);
        assert!(results("Late").is_empty());
    }
}
