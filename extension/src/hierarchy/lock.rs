//! Owns the lock of a tenant's tree: a transaction that changes a parent has it alone, those that add a child share it.

use crate::identity;
use crate::pg::section::caller_is_narrowed;
use crate::pg::tenant_lock::{self, Mode, Subject};
use crate::pg::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid};

/// BEFORE UPDATE OF parent_id STATEMENT on accounts: before any row is locked, or two moves would wait for each other,
/// one for the tree and one for a row.
#[pg_trigger]
fn tg_accounts__lock_tree<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if caller_is_narrowed() {
            if let Some((tenant, _)) = identity::current().membership {
                lock_for_move(tenant);
            }
        } else {
            // The tenants of these accounts are not known before the rows are.
            tenant_lock::lock_for_all(Subject::AllTrees, Mode::Alone);
        }
        Ok(())
    })
}

/// Until the transaction ends, no other one changes a parent in this tenant or adds a child.
pub fn lock_for_move(tenant: Uuid) {
    tenant_lock::lock_for_all(Subject::AllTrees, Mode::Shared);
    tenant_lock::lock(Subject::Tree, tenant, Mode::Alone);
}

/// Until the transaction ends, no other one changes a parent in this tenant.
pub fn lock_for_child(tenant: Uuid) {
    tenant_lock::lock_for_all(Subject::AllTrees, Mode::Shared);
    tenant_lock::lock(Subject::Tree, tenant, Mode::Shared);
}
