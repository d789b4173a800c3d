//! Owns the worker's share of health: marked accounts are computed anew, some of one tenant at a time and the tenants in
//! turn, and overrides end when their time is over.
use super::refresh::{Occasion, Task, refresh};
use crate::health::moment::now;
use crate::health::score::clock::Moment;
use crate::journey;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Marks taken in one transaction: short enough that deliveries do not wait for it.
const BATCH: i64 = 200;
/// How much smaller a batch becomes after a failure, and larger after a success.
const STEEPNESS: i64 = 4;
/// How long an account that somebody holds is left alone.
const HOLD: Duration = Duration::from_secs(1);

/// Where the round of tenants stands.
pub struct Drain {
    /// Whose turn it was.
    tenant: Uuid,
    /// Whose turn it is, while a step goes on.
    trying: Uuid,
    batch: i64,
    /// Accounts that somebody else was writing, for a while left alone.
    held: Vec<Uuid>,
    held_until: Instant,
}

impl Default for Drain {
    fn default() -> Self {
        Self {
            tenant: Uuid::from_bytes([0; 16]),
            trying: Uuid::from_bytes([0; 16]),
            batch: BATCH,
            held: Vec::new(),
            held_until: Instant::now(),
        }
    }
}

impl Drain {
    /// Computes some marked accounts of the next tenant that has any; false when there are none. In a transaction.
    pub fn step(&mut self) -> Result<bool, Fault> {
        let _section = System::enter();
        if Instant::now() >= self.held_until {
            self.held.clear();
        }
        let Some(tenant) = self.next_tenant()? else {
            return Ok(false);
        };
        self.trying = tenant;
        let marks = sql::write(
            include_str!("sql/take_marks.sql"),
            &[tenant.into(), self.batch.into(), self.held.clone().into()],
            |row| {
                Ok((
                    row.need::<Uuid>("account_id")?,
                    row.need::<bool>("by_usage")?,
                    row.need::<TimestampWithTimeZone>("marked_at")?.into_inner(),
                ))
            },
        )?;
        let mut accounts = marks
            .iter()
            .map(|(account, ..)| *account)
            .collect::<Vec<_>>();
        accounts.sort_unstable_by_key(|id| *id);
        accounts.dedup();
        let mut by_usage = HashMap::<Uuid, Moment>::new();
        for (account, _, at) in marks.into_iter().filter(|(_, by_usage, _)| *by_usage) {
            let latest = by_usage.entry(account).or_insert(at);
            *latest = (*latest).max(at);
        }
        let written = refresh(&Task {
            tenant,
            only: Some(&accounts),
            as_of: now(),
            created_at: None,
            waits: false,
            occasion: Occasion::Marked(&by_usage),
        })?;
        // Sums of usage change without a new score.
        journey::auto_complete_milestones(tenant, &accounts)?;
        if !written.held.is_empty() {
            self.held.extend(written.held);
            self.held_until = Instant::now() + HOLD;
        }
        self.tenant = tenant;
        Ok(true)
    }

    /// After a step that went through: step by step back to full batches.
    pub fn went_well(&mut self) {
        self.batch = (self.batch * STEEPNESS).min(BATCH);
    }

    /// After a step that something stood in the way of: its marks stay, and it is the next tenant's turn.
    pub const fn pass_over(&mut self) {
        self.tenant = self.trying;
    }

    /// After a step that failed: its marks are tried in smaller batches. True where a single one failed: it has to go.
    pub fn failed(&mut self) -> bool {
        let smaller = (self.batch / STEEPNESS).max(1);
        std::mem::replace(&mut self.batch, smaller) == 1
    }

    /// Takes away the one mark that cannot be computed; the daily pass tries its account again. It is the next tenant's
    /// turn then, so that a tenant of which nothing can be computed does not hold up the others. In a transaction.
    pub fn give_up_one(&mut self) -> Result<(), Fault> {
        let _section = System::enter();
        sql::write(
            include_str!("sql/take_marks.sql"),
            &[self.trying.into(), 1_i64.into(), self.held.clone().into()],
            |_| Ok(()),
        )?;
        self.pass_over();
        Ok(())
    }

    fn next_tenant(&self) -> Result<Option<Uuid>, Fault> {
        let tenants = sql::first(
            include_str!("sql/next_tenant.sql"),
            &[self.tenant.into(), self.held.clone().into()],
            |row| row.need("tenant_id"),
        )?;
        Ok(tenants)
    }
}

/// Ends overrides whose time is over and marks their accounts. In a transaction.
pub fn end_overrides() -> Result<(), Fault> {
    let _section = System::enter();
    sql::run(include_str!("sql/end_overrides.sql"), &[])
}
