//! Random playbooks over random changes: all of it ends, and every match leaves its row.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::dice::Dice;
    use crate::pg_tests::playbooks::quiet_world;
    use crate::pg_tests::{lines, number, run, text};
    use pgrx::prelude::*;

    const STAGES: [&str; 7] = [
        "Onboarding",
        "Adoption",
        "Value Realization",
        "Expansion",
        "Renewal",
        "At Risk",
        "Churned",
    ];

    fn event(dice: &mut Dice) -> String {
        let stage = match dice.roll(3) {
            0 => String::new(),
            _ => format!(r#", "stage": "{}""#, dice.pick(&STAGES)),
        };
        match dice.roll(6) {
            0 | 1 => format!(r#"{{"kind": "stage_enter"{stage}}}"#),
            2 => format!(r#"{{"kind": "stage_exit"{stage}}}"#),
            3 => r#"{"kind": "attribute_change", "field": "status"}"#.to_owned(),
            4 => format!(
                r#"{{"kind": "health_drop", "threshold": {}}}"#,
                30 + dice.roll(40)
            ),
            _ => r#"{"kind": "risk_level_change", "to": "Critical"}"#.to_owned(),
        }
    }

    fn action(dice: &mut Dice) -> String {
        match dice.roll(4) {
            0 => r#"{"kind": "task", "title": "{{account_name}}"}"#.to_owned(),
            _ => format!(r#"{{"kind": "stage", "stage": "{}"}}"#, dice.pick(&STAGES)),
        }
    }

    fn playbook(dice: &mut Dice, number: usize) {
        let actions = (0..=dice.roll(3)).map(|_| action(dice)).collect::<Vec<_>>();
        let cooldown = dice.roll(2) * 60;
        let cap = match dice.roll(3) {
            0 => (1 + dice.roll(4)).to_string(),
            _ => "null".to_owned(),
        };
        run(&format!(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, actions, cooldown_minutes, max_executions_per_day)
             select id, 'Random {number}', $json${{\"event\": {}}}$json$, $json$[{}]$json$, {cooldown}, {cap}
             from cs.tenants where slug = 'one'",
            event(dice),
            actions.join(", ")
        ));
    }

    fn change(dice: &mut Dice) {
        let account = dice.pick(&["First", "Second"]);
        match dice.roll(6) {
            0 | 1 => run(&format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score)
                 select tenant_id, id, {} from cs.accounts where name = '{account}'",
                dice.roll(101)
            )),
            2 => run(&format!(
                "update cs.accounts set status = '{}' where name = '{account}'",
                dice.pick(&["Active", "Paused"])
            )),
            3 => run(&format!(
                "update cs.accounts set current_stage = '{}' where tenant_id = (select id from cs.tenants where slug = 'one')",
                dice.pick(&STAGES)
            )),
            _ => run(&format!(
                "update cs.accounts set current_stage = '{}' where name = '{account}'",
                dice.pick(&STAGES)
            )),
        }
    }

    /// Matches that have another number of rows than one, or where a gate has opened, two.
    fn missing(since: &str) -> Vec<String> {
        lines(&format!(
            "with matched as (
                select playbook.id as playbook_id, moved.account_id, moved.id as event_id
                from cs.journey_history as moved
                join cs.playbooks as playbook on playbook.tenant_id = moved.tenant_id and playbook.is_active
                    and moved.entered_at > '{since}'
                join cs.journey_stages as stage on stage.tenant_id = moved.tenant_id
                    and stage.name = case playbook.event_kind when 'stage_enter' then moved.to_stage when 'stage_exit' then moved.from_stage end
                where coalesce(playbook.event_stage = stage.id::text, true)
                union all
                select playbook.id, score.account_id, score.id
                from cs.health_scores as score
                join cs.playbooks as playbook on playbook.tenant_id = score.tenant_id and playbook.is_active
                    and playbook.event_kind = 'health_drop'
                where score.overall_score < (playbook.trigger_criteria #>> '{{event,threshold}}')::integer
                    and coalesce(score.previous_score >= (playbook.trigger_criteria #>> '{{event,threshold}}')::integer, true)
            )
            select playbook.event_kind || ' ' || count(run.id) || ' ' || string_agg(run.result, ',')
            from matched
            join cs.playbooks as playbook on playbook.id = matched.playbook_id
            left join cs.playbook_executions as run
                on run.playbook_id = matched.playbook_id and run.account_id = matched.account_id
                and run.event ->> 'event_id' = matched.event_id::text
            group by matched.playbook_id, matched.account_id, matched.event_id, playbook.event_kind
            having count(run.id) filter (where not run.event ? 'held_since') <> 1 or count(run.id) > 2"
        ))
    }

    #[pg_test]
    fn whatever_is_built_ends_and_drops_nothing() {
        quiet_world();
        for seed in 1..=12 {
            let mut dice = Dice(seed);
            run("update cs.playbooks set is_active = false");
            run("delete from cs.playbook_executions");
            run("delete from cs.health_scores");
            let before = number("select count(*) from cs.journey_history");
            for place in 0..10 {
                playbook(&mut dice, usize::try_from(seed).unwrap() * 100 + place);
            }
            let since = text("select clock_timestamp()::text").unwrap();
            for _ in 0..25 {
                change(&mut dice);
            }
            assert_eq!(missing(&since), Vec::<String>::new(), "seed {seed}");
            let moved = number("select count(*) from cs.journey_history") - before;
            assert!(moved < 25 * 2 * 12, "seed {seed}: {moved} moves");
            assert!(
                number(
                    "select coalesce(max(chain), 1) from cs.playbook_executions where result in ('fired', 'failed')"
                ) <= 5
            );
            assert_eq!(
                number(
                    "select count(*) from cs.journey_history where exited_at is null and account_id in (select id from cs.accounts where name in ('First', 'Second'))"
                ),
                2
            );
        }
    }
}
