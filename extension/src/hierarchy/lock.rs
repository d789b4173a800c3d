//! Owns the lock of a tenant's tree: whoever changes a parent has it alone, whoever adds a child shares it.
//!
//! It is a lock on an object that no SQL names, so that nobody can hold it for fun as they could an advisory lock.

use crate::identity;
use crate::pg::section::caller_is_narrowed;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid, pg_sys};

/// What the two kinds of lock are told apart by.
const ALL_TREES: u16 = 1;
const ONE_TREE: u16 = 2;

/// BEFORE UPDATE OF parent_id STATEMENT on accounts: before any row is locked, or two moves would wait for each other,
/// one for the tree and one for a row.
#[pg_trigger]
fn tg_accounts__lock_tree<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if caller_is_narrowed() {
            if let Some((tenant, _)) = identity::current().membership {
                for_move(tenant);
            }
        } else {
            // Whose accounts these are is not known before the rows are.
            take(ALL_TREES, 0, pg_sys::ExclusiveLock);
        }
        Ok(())
    })
}

/// Until the transaction ends, nobody else changes a parent in this tenant or adds a child.
pub fn for_move(tenant: Uuid) {
    take(ALL_TREES, 0, pg_sys::ShareLock);
    take(ONE_TREE, fold(tenant), pg_sys::ExclusiveLock);
}

/// Until the transaction ends, nobody changes a parent in this tenant.
pub fn for_child(tenant: Uuid) {
    take(ALL_TREES, 0, pg_sys::ShareLock);
    take(ONE_TREE, fold(tenant), pg_sys::ShareLock);
}

/// Two tenants with one number share a lock, which only lets them wait for each other.
fn fold(tenant: Uuid) -> u32 {
    tenant
        .as_bytes()
        .chunks_exact(4)
        .map(|four| {
            four.iter()
                .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte))
        })
        .fold(0, |all, four| all ^ four)
}

fn take(kind: u16, which: u32, mode: u32) {
    // SAFETY: catalogue look-ups and a lock that the transaction's end releases; no other object has this class and kind.
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
        let whole = fold(Uuid::from_bytes(bytes));
        for place in 0..16 {
            let mut other = bytes;
            other[place] ^= 1;
            assert_ne!(fold(Uuid::from_bytes(other)), whole, "{place}");
        }
    }
}
