//! Owns the marked accounts that the worker computes again: some of one tenant at a time, the tenants in turn.

use super::daily_sums::fold_daily_sums;
use super::refresh::{RefreshReason, RefreshRequest, refresh_scores};
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
/// How long an account that another transaction is writing is left alone.
const HOLD: Duration = Duration::from_secs(1);

/// Where the round of tenants is.
pub struct MarkedAccounts {
    /// The tenant whose turn it was.
    tenant: Uuid,
    /// The tenant whose turn it is, while a batch is under way.
    trying: Uuid,
    batch: i64,
    /// Accounts that another transaction was writing, left alone for a while.
    held: Vec<Uuid>,
    held_until: Instant,
}

impl Default for MarkedAccounts {
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

impl MarkedAccounts {
    /// Computes some marked accounts of the next tenant that has any; false when there are none. In a transaction.
    pub fn compute_batch(&mut self) -> Result<bool, Fault> {
        let _section = System::enter();
        if Instant::now() >= self.held_until {
            self.held.clear();
        }
        let Some(tenant) = self.find_next_tenant()? else {
            return Ok(false);
        };
        self.trying = tenant;
        let (accounts, usage_at) = self.take_marks(tenant)?;
        fold_daily_sums(tenant, &accounts)?;
        let reason = RefreshReason::Marked(&usage_at);
        let written = refresh_scores(&RefreshRequest {
            waits_for_locks: false,
            ..RefreshRequest::as_of_now(tenant, Some(&accounts), reason)
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

    /// After a batch that succeeded: step by step back to full batches.
    pub fn on_success(&mut self) {
        self.batch = (self.batch * STEEPNESS).min(BATCH);
    }

    /// After a batch that failed: its marks are tried in smaller ones. True where a single mark failed, which has to
    /// go.
    pub fn on_failure(&mut self) -> bool {
        let smaller = (self.batch / STEEPNESS).max(1);
        std::mem::replace(&mut self.batch, smaller) == 1
    }

    /// After a batch that was held up by something that will pass: its marks stay, and the next tenant has its turn.
    pub const fn skip_tenant(&mut self) {
        self.tenant = self.trying;
    }

    /// Removes the one mark that cannot be computed; the daily pass tries its account again. The next tenant has its
    /// turn then, so that a tenant for which everything fails does not hold up the others. In a transaction.
    pub fn drop_failing_mark(&mut self) -> Result<(), Fault> {
        let _section = System::enter();
        sql::run(
            include_str!("sql/take_marks.sql"),
            &[self.trying.into(), 1_i64.into(), self.held.clone().into()],
        )?;
        self.skip_tenant();
        Ok(())
    }

    fn find_next_tenant(&self) -> Result<Option<Uuid>, Fault> {
        sql::first(
            include_str!("sql/next_tenant.sql"),
            &[self.tenant.into(), self.held.clone().into()],
            |row| row.need("tenant_id"),
        )
    }

    /// Takes a batch of marks away; returns their accounts, by id, and when usage last arrived for those marked by
    /// usage.
    fn take_marks(&self, tenant: Uuid) -> Result<(Vec<Uuid>, HashMap<Uuid, Moment>), Fault> {
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
        let accounts = marks.iter().map(|(account, ..)| *account);
        let mut accounts = accounts.collect::<Vec<_>>();
        accounts.sort_unstable();
        accounts.dedup();
        let mut usage_at = HashMap::<Uuid, Moment>::new();
        for (account, _, at) in marks.into_iter().filter(|(_, by_usage, _)| *by_usage) {
            let latest = usage_at.entry(account).or_insert(at);
            *latest = (*latest).max(at);
        }
        Ok((accounts, usage_at))
    }
}
