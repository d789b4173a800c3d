//! Owns the chore of ending transactions of linked roles that last too long. Such a role may undo every time-out of its own, and
//! while its transaction is open it holds locks and keeps dead rows alive for all tenants.

use super::super::prepared_transaction;
use super::super::{extension_lock as extension, transaction};
use crate::identity::settings::LINKED_ROLE_SECONDS;
use crate::pg::fault::Fault;
use crate::pg::sql;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(5);

/// When to look again.
pub struct LinkedRoles {
    look_at: Instant,
}

impl LinkedRoles {
    /// To be looked for at once.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now(),
        }
    }

    /// Ends those that are due.
    pub fn step(&mut self) {
        let (now, limit) = (Instant::now(), LINKED_ROLE_SECONDS.get());
        if now < self.look_at || limit == 0 {
            return;
        }
        // A limit of seconds is meant to the second.
        self.look_at = now + EVERY.min(Duration::from_secs(limit.unsigned_abs().into()));
        let ended = extension::run(c"ending long transactions", || end_sessions(limit));
        for (role, seconds) in ended.unwrap_or_default() {
            log(&role, seconds);
        }
        let prepared = extension::run(c"looking for prepared transactions", || {
            find_prepared(limit)
        });
        for (gid, role, seconds) in prepared.unwrap_or_default() {
            let roll_back = || prepared_transaction::roll_back(&gid);
            if transaction::run(c"rolling back a prepared transaction", roll_back).is_some() {
                log(&role, seconds);
            }
        }
    }
}

fn log(role: &str, seconds: i64) {
    pgrx::log!(
        "customer_success: ended a transaction of the linked role \"{role}\" after {seconds} s (customer_success.linked_role_seconds)"
    );
}

/// As the superuser that the process was started as: only that one may end every linked role's sessions.
fn end_sessions(limit: i32) -> Result<Vec<(String, i64)>, Fault> {
    sql::run("set local role none", &[])?;
    sql::write(
        include_str!("sql/end_long_sessions.sql"),
        &[limit.into()],
        |row| Ok((row.need("role")?, row.need("seconds")?)),
    )
}

fn find_prepared(limit: i32) -> Result<Vec<(String, String, i64)>, Fault> {
    sql::run("set local role none", &[])?;
    sql::read(
        include_str!("sql/long_prepared.sql"),
        &[limit.into()],
        |row| Ok((row.need("gid")?, row.need("role")?, row.need("seconds")?)),
    )
}
