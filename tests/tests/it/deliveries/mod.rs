//! What becomes of a delivery: by the answer, by what is switched off meanwhile, by its order, beside others, when all is killed.

use std::time::Duration;

use cs_tests::database::Database;
use cs_tests::outbox::{self, Playbook};
use cs_tests::stack;
use postgres::{Client, Row};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::wait_within;

// The answer's status line decides, whatever becomes of its body.
mod answers;
// A copy of a database is silent by its rows.
mod copies;
// What is switched off sends nothing, and keeps what waits.
mod held;
// Killed again and again; receivers that fail at random.
mod kills;
// The worker's memory is bounded whatever the payloads.
mod memory;
// Names that do not resolve.
mod names;
// Playbooks that send in order.
mod ordered;
// Further tries, the dead letter, Retry-After.
mod retries;
// A tenant's dead receivers cost no other tenant anything.
mod shares;
// Signatures over bytes as they arrive.
mod signatures;

/// For what happens at once, on a machine that is busy with other tests.
pub const AT_ONCE: Duration = Duration::from_secs(2);
/// For what waits for a time-out of 30 s.
pub const AFTER_TIME_OUT: Duration = Duration::from_secs(60);

/// A database that sends, with one tenant.
pub struct Outbox {
    pub database: Database,
    pub client: Client,
    pub tenant: Uuid,
}

impl Outbox {
    pub fn new() -> Self {
        Self::of(stack::database().unwrap())
    }

    pub fn of(database: Database) -> Self {
        database.confirm_webhooks().unwrap();
        let mut client = database.connect().unwrap();
        let tenant = outbox::make_tenant(&mut client, "acme").unwrap();
        Self {
            database,
            client,
            tenant,
        }
    }

    /// A playbook called like what it posts to.
    pub fn playbook(&mut self, url: &str) -> Playbook {
        outbox::make_playbook(&mut self.client, self.tenant, url, url).unwrap()
    }

    /// Queues a delivery that is due now.
    pub fn queue(&mut self, playbook: Playbook) -> Uuid {
        self.queue_in(playbook, 0)
    }

    /// Queues a delivery that is due in so many milliseconds.
    pub fn queue_in(&mut self, playbook: Playbook, due_in_ms: i32) -> Uuid {
        outbox::queue_one(&mut self.client, playbook, &payload(), due_in_ms).unwrap()
    }

    /// Changes the playbook as this says.
    pub fn set(&mut self, playbook: Playbook, change: &str) {
        let sql = format!("update cs.playbooks set {change} where tenant_id = $1 and id = $2");
        self.client
            .execute(&sql, &[&playbook.tenant, &playbook.id])
            .unwrap();
    }

    /// Waits until the row of a delivery is so.
    pub fn wait(&mut self, delivery: Uuid, within: Duration, condition: &str) {
        let query = format!(
            "select coalesce((select {condition} from cs.webhook_queue where id = '{delivery}'), false)"
        );
        let client = &mut self.client;
        wait_within(client, condition, within, &query);
    }

    /// The row of a delivery.
    pub fn row(&mut self, delivery: Uuid) -> Row {
        self.client
            .query_one(
                "select status::text, attempts, response_status, held, last_error, response_body
                   from cs.webhook_queue where id = $1",
                &[&delivery],
            )
            .unwrap()
    }

    /// How many rows are so.
    pub fn count(&mut self, condition: &str) -> i64 {
        let query = format!("select count(*) from cs.webhook_queue where {condition}");
        self.client.query_one(&query, &[]).unwrap().get(0)
    }
}

/// Nothing of it matters to these tests.
pub fn payload() -> Value {
    json!({"account_name": "GlobalTech", "event_type": "health_drop"})
}
