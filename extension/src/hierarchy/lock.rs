//! Owns the lock of a tenant's tree: a transaction that changes a parent has it alone, those that add a child share it.
//!
//! It is a lock on an object that no SQL can name, so that no one can hold it on purpose as they could an advisory
//! lock.

use crate::identity;
use crate::pg::section::caller_is_narrowed;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid, pg_sys};

/// The two kinds of lock.
const ALL_TREES: u16 = 1;
const ONE_TREE: u16 = 2;

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
            lock_tree(ALL_TREES, 0, pg_sys::ExclusiveLock);
        }
        Ok(())
    })
}

/// Until the transaction ends, no other one changes a parent in this tenant or adds a child.
pub fn lock_for_move(tenant: Uuid) {
    lock_tree(ALL_TREES, 0, pg_sys::ShareLock);
    lock_tree(ONE_TREE, fold_to_number(tenant), pg_sys::ExclusiveLock);
}

/// Until the transaction ends, no other one changes a parent in this tenant.
pub fn lock_for_child(tenant: Uuid) {
    lock_tree(ALL_TREES, 0, pg_sys::ShareLock);
    lock_tree(ONE_TREE, fold_to_number(tenant), pg_sys::ShareLock);
}

/// Two tenants with the same number share a lock, which only makes them wait for each other.
fn fold_to_number(tenant: Uuid) -> u32 {
    tenant
        .as_bytes()
        .chunks_exact(4)
        .map(|four| {
            four.iter()
                .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte))
        })
        .fold(0, |all, four| all ^ four)
}

fn lock_tree(kind: u16, which: u32, mode: u32) {
    // SAFETY: catalogue look-ups and a lock that is released when the transaction ends; no other object has this class
    // and kind.
    unsafe {
        let schema = pg_sys::get_namespace_oid(c"cs".as_ptr(), false);
        let class = pg_sys::get_relname_relid(c"accounts".as_ptr(), schema);
        pg_sys::LockDatabaseObject(class, pg_sys::Oid::from(which), kind, mode.cast_signed());
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn every_byte_of_a_tenant_counts() {
        let bytes: [u8; 16] = std::array::from_fn(|place| u8::try_from(place).unwrap_or_default());
        let whole = fold_to_number(Uuid::from_bytes(bytes));
        for place in 0..16 {
            let mut other = bytes;
            other[place] ^= 1;
            assert_ne!(fold_to_number(Uuid::from_bytes(other)), whole, "{place}");
        }
    }
}
