//! Owns locks that a transaction holds on something of a tenant until it ends.
//!
//! They are locks on objects that no SQL can name, so that no one can hold one on purpose as they could an advisory lock.

use pgrx::{Uuid, pg_sys};

/// What is locked. The numbers tell the locks of one tenant apart.
#[derive(Debug, Clone, Copy)]
pub enum Subject {
    /// The trees of all tenants.
    AllTrees = 1,
    /// The tree of one tenant.
    Tree = 2,
    /// What playbooks of one tenant may still run.
    Runs = 3,
}

/// How much others are kept away.
#[derive(Debug, Clone, Copy)]
pub enum Mode {
    /// Others may share it.
    Shared,
    /// No one else has it.
    Alone,
}

/// Takes a lock of a tenant, or waits for it.
pub fn lock(subject: Subject, tenant: Uuid, mode: Mode) {
    lock_object(subject, fold_to_number(tenant), mode);
}

/// Takes a lock that is one for all tenants, or waits for it.
pub fn lock_for_all(subject: Subject, mode: Mode) {
    lock_object(subject, 0, mode);
}

/// Two tenants with the same number share a lock, which only makes them wait for each other.
pub fn fold_to_number(tenant: Uuid) -> u32 {
    tenant
        .as_bytes()
        .chunks_exact(4)
        .map(|four| {
            four.iter()
                .fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte))
        })
        .fold(0, |all, four| all ^ four)
}

fn lock_object(subject: Subject, which: u32, mode: Mode) {
    let mode = match mode {
        Mode::Shared => pg_sys::ShareLock,
        Mode::Alone => pg_sys::ExclusiveLock,
    };
    // SAFETY: catalogue look-ups and a lock that is released when the transaction ends; no other object has this class
    // and kind.
    unsafe {
        let schema = pg_sys::get_namespace_oid(c"cs".as_ptr(), false);
        let class = pg_sys::get_relname_relid(c"accounts".as_ptr(), schema);
        pg_sys::LockDatabaseObject(
            class,
            pg_sys::Oid::from(which),
            subject as u16,
            mode.cast_signed(),
        );
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
