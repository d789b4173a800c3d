//! Owns the worker's share of health: marked accounts are computed anew, some of one tenant at a time and the tenants in
//! turn, and overrides end when their time is over.

use super::clock::Moment;
use super::compute::now;
use super::gather::key;
use super::refresh::{Occasion, Task, refresh};
use crate::fault::Fault;
use crate::section::System;
use crate::sql::{self, Row as _};
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// Marks taken in one transaction: short enough that deliveries do not wait for it.
const BATCH: i64 = 200;

/// Where the round of tenants stands.
pub struct Drain {
    tenant: Uuid,
    batch: i64,
}

impl Default for Drain {
    fn default() -> Self {
        Self {
            tenant: Uuid::from_bytes([0; 16]),
            batch: BATCH,
        }
    }
}

impl Drain {
    /// Computes some marked accounts of the next tenant that has any; false when there are none. In a transaction.
    pub fn step(&mut self) -> Result<bool, Fault> {
        let _section = System::enter();
        let Some(tenant) = self.next_tenant()? else {
            return Ok(false);
        };
        let marks = sql::write(
            include_str!("sql/take_marks.sql"),
            &[tenant.into(), self.batch.into()],
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
        accounts.sort_unstable_by_key(|id| key(*id));
        accounts.dedup();
        let mut by_usage = HashMap::<u128, Moment>::new();
        for (account, _, at) in marks.into_iter().filter(|(_, by_usage, _)| *by_usage) {
            let latest = by_usage.entry(key(account)).or_insert(at);
            *latest = (*latest).max(at);
        }
        refresh(&Task {
            tenant,
            only: Some(&accounts),
            as_of: now(),
            created_at: None,
            occasion: Occasion::Marked(&by_usage),
        })?;
        self.tenant = tenant;
        Ok(true)
    }

    /// After a step that went through: back to full batches.
    pub const fn went_well(&mut self) {
        self.batch = BATCH;
    }

    /// After a step that failed: its marks are tried one by one. True where a single one failed: it has to go.
    pub fn failed(&mut self) -> bool {
        std::mem::replace(&mut self.batch, 1) == 1
    }

    /// Takes away the one mark that cannot be computed; the daily pass tries its account again. In a transaction.
    pub fn give_up_one(&mut self) -> Result<(), Fault> {
        let _section = System::enter();
        if let Some(tenant) = self.next_tenant()? {
            sql::write(
                include_str!("sql/take_marks.sql"),
                &[tenant.into(), 1_i64.into()],
                |_| Ok(()),
            )?;
        }
        Ok(())
    }

    fn next_tenant(&self) -> Result<Option<Uuid>, Fault> {
        let tenants = sql::read(
            include_str!("sql/next_tenant.sql"),
            &[self.tenant.into()],
            |row| row.need("tenant_id"),
        )?;
        Ok(tenants.into_iter().next())
    }
}

/// Ends overrides whose time is over and marks their accounts. In a transaction.
pub fn end_overrides() -> Result<(), Fault> {
    let _section = System::enter();
    sql::run(include_str!("sql/end_overrides.sql"), &[])
}
