//! Owns the one sentence of what is wrong with automation, and what to do about it. Pure.

/// A delivery that has been due for longer is late.
const LATE_SECONDS: i64 = 5 * 60;
/// A worker that was not seen at work for longer is stuck.
const STUCK_SECONDS: i64 = 60;
/// The most receivers that the sentence names.
const MOST_NAMED: usize = 3;

/// What is known of a tenant's automation and of the workers of its database.
#[derive(Debug, Clone, Default)]
pub struct AutomationState {
    pub is_preloaded: bool,
    pub worker_is_running: bool,
    pub chores_are_running: bool,
    /// Since the worker was last seen at work, where it says so.
    pub beat_age_seconds: Option<i64>,
    pub is_enabled: bool,
    pub is_copy: bool,
    /// Whether a subscription fills this database, so that its workers stand by.
    pub is_filled: bool,
    /// Deliveries whose time has come, to receivers that are not left alone.
    pub due: i64,
    /// For how long the oldest of them has been due.
    pub oldest_due_seconds: Option<i64>,
    /// Receivers that are left alone at present.
    pub left_alone: Vec<String>,
    /// Deliveries given up in the last 24 hours, without those that a person ended.
    pub given_up: i64,
}

/// The worst of what is wrong; `None` where nothing is.
pub fn describe_problem(state: &AutomationState) -> Option<String> {
    let problem = match state {
        AutomationState { is_preloaded: false, .. } => {
            "Nothing is sent, and nothing is scored by itself: the library is not in shared_preload_libraries; a DBA adds it and restarts the server.".to_owned()
        }
        AutomationState { worker_is_running: false, .. } => {
            "Nothing is sent: no worker runs for this database; a DBA finds the reason in the server's log, often max_worker_processes.".to_owned()
        }
        AutomationState { beat_age_seconds: Some(age), .. } if *age > STUCK_SECONDS => format!(
            "The worker was last seen at work {age} seconds ago; a DBA finds out in pg_stat_activity what it waits for."
        ),
        AutomationState { is_enabled: false, .. } => {
            "Nothing is sent: customer_success.webhooks_enabled is off; a DBA switches it on.".to_owned()
        }
        AutomationState { is_filled: true, .. } => {
            "Nothing is sent or scored here: a subscription fills this database, and its publisher does it; a DBA drops the subscription once this database takes over.".to_owned()
        }
        AutomationState { is_copy: true, .. } => {
            "Nothing is sent: this database is a copy or was moved; once it is the one that should send, a superuser calls select cs.confirm_webhooks().".to_owned()
        }
        AutomationState { oldest_due_seconds: Some(age), due, .. } if *age > LATE_SECONDS => format!(
            "Deliveries are late: {due} are due, the oldest since {} minutes; see what they wait for in webhook_deliveries.",
            age / 60
        ),
        AutomationState { left_alone, .. } if !left_alone.is_empty() => describe_receivers(left_alone),
        AutomationState { chores_are_running: false, .. } => {
            "Nothing is scored by itself: no worker for chores runs; a DBA finds the reason in the server's log, often max_worker_processes.".to_owned()
        }
        AutomationState { given_up, .. } if *given_up > 0 => format!(
            "{given_up} deliveries were given up in the last 24 hours: mend what last_error says in webhook_deliveries, then send them again with retry_webhook."
        ),
        _ => return None,
    };
    Some(problem)
}

fn describe_receivers(hosts: &[String]) -> String {
    let named = hosts
        .iter()
        .take(MOST_NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let more = match hosts.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "Receivers keep failing and are left alone for a while: {named}{more}; their deliveries wait and are sent once they answer."
    )
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn healthy() -> AutomationState {
        AutomationState {
            is_preloaded: true,
            worker_is_running: true,
            chores_are_running: true,
            beat_age_seconds: Some(1),
            is_enabled: true,
            due: 3,
            oldest_due_seconds: Some(2),
            ..AutomationState::default()
        }
    }

    #[test]
    fn without_a_problem_there_is_no_sentence() {
        assert_eq!(describe_problem(&healthy()), None);
        let silent = AutomationState {
            beat_age_seconds: None,
            oldest_due_seconds: None,
            ..healthy()
        };
        assert_eq!(describe_problem(&silent), None);
    }

    /// Each is added to those before it, so the last one added is the worst.
    #[test]
    fn the_worst_comes_first() {
        type Worsen = fn(&mut AutomationState);
        let steps: [(Worsen, &str); 10] = [
            (|it| it.given_up = 4, "4 deliveries were given up"),
            (|it| it.chores_are_running = false, "Nothing is scored"),
            (
                |it| it.left_alone = ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
                "Receivers keep failing and are left alone for a while: a, b, c and 1 more;",
            ),
            (
                |it| it.oldest_due_seconds = Some(601),
                "Deliveries are late: 3 are due, the oldest since 10 minutes;",
            ),
            (
                |it| it.is_copy = true,
                "Nothing is sent: this database is a copy",
            ),
            (
                |it| it.is_filled = true,
                "Nothing is sent or scored here: a subscription fills this database",
            ),
            (
                |it| it.is_enabled = false,
                "Nothing is sent: customer_success.webhooks_enabled is off",
            ),
            (
                |it| it.beat_age_seconds = Some(61),
                "The worker was last seen at work 61 seconds ago",
            ),
            (
                |it| it.worker_is_running = false,
                "Nothing is sent: no worker runs",
            ),
            (
                |it| it.is_preloaded = false,
                "Nothing is sent, and nothing is scored by itself",
            ),
        ];
        let mut state = healthy();
        for (worsen, begins) in steps {
            worsen(&mut state);
            let problem = describe_problem(&state).unwrap();
            assert!(problem.starts_with(begins), "{problem}");
            assert!(problem.ends_with('.'), "{problem}");
        }
    }
}
