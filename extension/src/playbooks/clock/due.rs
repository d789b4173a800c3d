//! Owns which playbooks have a pass to make: those that wait for a timetable or for something that comes by time.

use super::kinds::{DAILY, MINUTELY};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::{sql, subtransaction};
use pgrx::Uuid;

/// A pass to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuePass {
    /// The tenant.
    pub tenant: Uuid,
    /// The playbook.
    pub playbook: Uuid,
    /// It is made every minute: whoever asks knows when the last one was. Others are named only when they are due.
    pub is_minutely: bool,
}

/// The passes to make, and the tenants of which that cannot be said, with the reason.
#[derive(Debug, Default)]
pub struct DuePasses {
    /// In the order of tenants and playbooks.
    pub due: Vec<DuePass>,
    /// Of these it cannot be said.
    pub failed: Vec<(Uuid, String)>,
}

/// Of all tenants at once; where one stands in the way of the others, each for itself. In a transaction.
pub fn find_due_passes() -> Result<DuePasses, Fault> {
    let _section = System::enter();
    if let Ok(due) = subtransaction::kept_unless_refused(|| find(None)) {
        return Ok(DuePasses {
            due,
            failed: Vec::new(),
        });
    }
    let mut found = DuePasses::default();
    let tenants = "select distinct tenant_id from cs.playbooks order by tenant_id";
    for tenant in sql::read(tenants, &[], |row| row.need::<Uuid>("tenant_id"))? {
        match subtransaction::kept_unless_refused(|| find(Some(tenant))) {
            Ok(due) => found.due.extend(due),
            Err(failure) => found.failed.push((tenant, failure.message)),
        }
    }
    Ok(found)
}

fn find(only: Option<Uuid>) -> Result<Vec<DuePass>, Fault> {
    sql::read(
        include_str!("sql/due.sql"),
        &[only.into(), MINUTELY.to_vec().into(), DAILY.to_vec().into()],
        |row| {
            Ok(DuePass {
                tenant: row.need("tenant_id")?,
                playbook: row.need("id")?,
                is_minutely: row.need("is_minutely")?,
            })
        },
    )
}
