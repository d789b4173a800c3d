//! Playbooks: what fires, what holds it back, what it does.

mod actions;
mod calls;
mod chains;
mod clock;
mod doors;
mod held_over;
mod messages;
mod random;
mod standing;
mod standing_usage;
mod timetables;

use crate::pg_tests::{WORLD, lines, run};

/// The world without its own playbooks.
pub fn quiet_world() {
    run(WORLD);
    run("update cs.playbooks set is_active = false");
}

/// A playbook of the first tenant that waits for this, with a task as its action and without limits.
pub fn wait_for(name: &str, criteria: &str) {
    run(&format!(
        "insert into cs.playbooks (tenant_id, name, trigger_criteria, actions, cooldown_minutes)
         select id, '{name}', $json${criteria}$json$, '[{{\"kind\": \"task\", \"title\": \"Look\"}}]', 0
         from cs.tenants where slug = 'one'"
    ));
}

/// A score for an account.
pub fn score(account: &str, score: i32) {
    run(&format!(
        "insert into cs.health_scores (tenant_id, account_id, overall_score)
         select tenant_id, id, {score} from cs.accounts where name = '{account}'"
    ));
}

/// What came of all matches of a playbook: account, result.
pub fn results(name: &str) -> Vec<String> {
    lines(&format!(
        "select concat_ws(' ', account.name, run.result)
         from cs.playbook_executions as run
         join cs.playbooks as playbook on playbook.id = run.playbook_id
         join cs.accounts as account on account.id = run.account_id
         where playbook.name = '{name}'
         order by run.executed_at, run.id"
    ))
}
