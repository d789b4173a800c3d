//! Random playbooks over random changes: all of it ends, and every match leaves its row.

#[pgrx::pg_schema]
mod tests {
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

    /// A generator of the kind of Knuth's MMIX: enough to draw a world that can be drawn again.
    struct Draw(u64);

    impl Draw {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % bound
        }

        fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
            let bound = u64::try_from(of.len()).unwrap();
            of[usize::try_from(self.below(bound)).unwrap()]
        }
    }

    fn event(draw: &mut Draw) -> String {
        let stage = match draw.below(3) {
            0 => String::new(),
            _ => format!(r#", "stage": "{}""#, draw.one(&STAGES)),
        };
        match draw.below(6) {
            0 | 1 => format!(r#"{{"kind": "stage_enter"{stage}}}"#),
            2 => format!(r#"{{"kind": "stage_exit"{stage}}}"#),
            3 => r#"{"kind": "attribute_change", "field": "status"}"#.to_owned(),
            4 => format!(
                r#"{{"kind": "health_drop", "threshold": {}}}"#,
                30 + draw.below(40)
            ),
            _ => r#"{"kind": "risk_level_change", "to": "Critical"}"#.to_owned(),
        }
    }

    fn action(draw: &mut Draw) -> String {
        match draw.below(4) {
            0 => r#"{"kind": "task", "title": "{{account_name}}"}"#.to_owned(),
            _ => format!(r#"{{"kind": "stage", "stage": "{}"}}"#, draw.one(&STAGES)),
        }
    }

    fn playbook(draw: &mut Draw, number: usize) {
        let actions = (0..=draw.below(3))
            .map(|_| action(draw))
            .collect::<Vec<_>>();
        let cooldown = draw.below(2) * 60;
        let cap = match draw.below(3) {
            0 => (1 + draw.below(4)).to_string(),
            _ => "null".to_owned(),
        };
        run(&format!(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, actions, cooldown_minutes, max_executions_per_day)
             select id, 'Random {number}', $json${{\"event\": {}}}$json$, $json$[{}]$json$, {cooldown}, {cap}
             from cs.tenants where slug = 'one'",
            event(draw),
            actions.join(", ")
        ));
    }

    fn change(draw: &mut Draw) {
        let account = draw.one(&["First", "Second"]);
        match draw.below(6) {
            0 | 1 => run(&format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score)
                 select tenant_id, id, {} from cs.accounts where name = '{account}'",
                draw.below(101)
            )),
            2 => run(&format!(
                "update cs.accounts set status = '{}' where name = '{account}'",
                draw.one(&["Active", "Paused"])
            )),
            3 => run(&format!(
                "update cs.accounts set current_stage = '{}' where tenant_id = (select id from cs.tenants where slug = 'one')",
                draw.one(&STAGES)
            )),
            _ => run(&format!(
                "update cs.accounts set current_stage = '{}' where name = '{account}'",
                draw.one(&STAGES)
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
        for seed in 1..=12_u64 {
            let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            run("update cs.playbooks set is_active = false");
            run("delete from cs.playbook_executions");
            run("delete from cs.health_scores");
            let before = number("select count(*) from cs.journey_history");
            for place in 0..10 {
                playbook(&mut draw, usize::try_from(seed).unwrap() * 100 + place);
            }
            let since = text("select clock_timestamp()::text").unwrap();
            for _ in 0..25 {
                change(&mut draw);
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
