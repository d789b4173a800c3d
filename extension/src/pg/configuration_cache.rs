//! Owns what a backend remembers of configuration from one transaction to the next: tables that everyone reads at every change,
//! and that change rarely. A transaction that writes to one of them reads it itself until it ends, and at its commit every other
//! backend forgets what it remembers, before anyone is told of the commit.
//!
//! It is PostgreSQL's own way of keeping its catalogue caches: the trigger `tg_configuration__forget` announces the
//! write as a change of the table's relation cache entry. Changes of the table itself, TRUNCATE and a trigger that is switched off
//! among them, are announced by PostgreSQL, and a table without the trigger is not remembered.

use super::fault::Fault;
use super::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::{PgTrigger, pg_sys};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::{CStr, c_void};
use std::hash::Hash;
use std::rc::Rc;

/// The most entries that a backend keeps in one cache.
const MOST_KEPT: usize = 1_000;

/// The name of the trigger.
const FORGET: &CStr = c"t00_forget";

thread_local! {
    /// Grows with every announcement that concerns a table some cache was read from.
    static GENERATION: Cell<u64> = const { Cell::new(0) };
    /// The tables that caches were read from.
    static WATCHED: RefCell<Vec<pg_sys::Oid>> = const { RefCell::new(Vec::new()) };
    /// Whether this transaction writes configuration.
    static WRITING: Cell<bool> = const { Cell::new(false) };
}

/// What is known of some tables of schema cs, by key.
pub struct ConfigurationCache<K, V> {
    tables: &'static [&'static CStr],
    /// The entries, and the generation that they belong to.
    kept: RefCell<(u64, HashMap<K, Rc<V>>)>,
}

impl<K: Eq + Hash, V> ConfigurationCache<K, V> {
    /// Of these tables, each of which has the trigger `t00_forget`.
    pub fn new(tables: &'static [&'static CStr]) -> Self {
        Self {
            tables,
            kept: RefCell::new((0, HashMap::new())),
        }
    }

    /// What is known of a key: as remembered, or as `read` finds it now. What it finds must depend on nothing but the key and
    /// the tables.
    pub fn get_or_read(
        &self,
        key: K,
        read: impl FnOnce() -> Result<V, Fault>,
    ) -> Result<Rc<V>, Fault> {
        if !may_remember() {
            return read().map(Rc::new);
        }
        // SAFETY: inside a transaction; what other backends have announced counts from here on.
        unsafe { pg_sys::AcceptInvalidationMessages() };
        if let Some(found) = self.find(&key) {
            return Ok(found);
        }
        if !watch(self.tables) {
            return read().map(Rc::new);
        }
        let generation = GENERATION.get();
        let found = Rc::new(with_fresh_snapshot(read)?);
        // Otherwise it may be older than what was announced in between.
        if GENERATION.get() == generation {
            let mut kept = self.kept.borrow_mut();
            if kept.0 != generation || kept.1.len() >= MOST_KEPT {
                *kept = (generation, HashMap::new());
            }
            kept.1.insert(key, Rc::clone(&found));
        }
        Ok(found)
    }

    fn find(&self, key: &K) -> Option<Rc<V>> {
        let kept = self.kept.borrow();
        (kept.0 == GENERATION.get())
            .then(|| kept.1.get(key).cloned())
            .flatten()
    }
}

/// With an old snapshot, what is true for the transaction is not what is true now, nor the other way round.
fn may_remember() -> bool {
    // SAFETY: reads states of this backend.
    let is_plain = unsafe {
        pg_sys::XactIsoLevel <= pg_sys::XACT_READ_COMMITTED.cast_signed()
            && !pg_sys::IsInParallelMode()
    };
    is_plain && !WRITING.get()
}

/// From here on, announcements that concern these tables are noticed. Returns whether all of them announce what is written.
fn watch(tables: &[&CStr]) -> bool {
    // SAFETY: look-ups by name inside a transaction.
    let found = unsafe {
        let schema = pg_sys::get_namespace_oid(c"cs".as_ptr(), true);
        let oid = |name: &&CStr| pg_sys::get_relname_relid(name.as_ptr(), schema);
        tables.iter().map(oid).collect::<Vec<_>>()
    };
    WATCHED.with_borrow_mut(|watched| {
        for oid in &found {
            if !watched.contains(oid) {
                watched.push(*oid);
            }
        }
    });
    found.into_iter().all(announces_writes)
}

/// Whether a table has the trigger, enabled always: not before an older database is brought up to date, for one.
fn announces_writes(table: pg_sys::Oid) -> bool {
    // SAFETY: the relation is kept open while its triggers are looked at; it may no longer exist.
    unsafe {
        let relation = pg_sys::RelationIdGetRelation(table);
        if relation.is_null() {
            return false;
        }
        let all = (*relation).trigdesc;
        let count = if all.is_null() { 0 } else { (*all).numtriggers };
        let found = (0..usize::try_from(count).unwrap_or_default()).any(|place| {
            let trigger = &*(*all).triggers.add(place);
            CStr::from_ptr(trigger.tgname) == FORGET
                && u8::try_from(trigger.tgenabled) == Ok(pg_sys::TRIGGER_FIRES_ALWAYS)
        });
        pg_sys::RelationClose(relation);
        found
    }
}

/// Sees what has been committed until now, also within a statement that began before.
fn with_fresh_snapshot<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    // SAFETY: popped below, or by the abort that follows an ERROR.
    unsafe { pg_sys::PushActiveSnapshot(pg_sys::GetTransactionSnapshot()) };
    let found = read();
    // SAFETY: the one that was pushed above.
    unsafe { pg_sys::PopActiveSnapshot() };
    found
}

/// BEFORE INSERT, UPDATE, DELETE ROW on every table that is remembered: logical replication fires no triggers of statements. The
/// announcement of a table counts once for a transaction, however many rows it writes.
#[pg_trigger]
fn tg_configuration__forget<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    WRITING.set(true);
    // SAFETY: the trigger's relation is open. Sent at commit, dropped with what was written.
    unsafe { pg_sys::CacheInvalidateRelcache(trigger.trigger_data().tg_relation) };
    Ok(trigger_row::unchanged(trigger))
}

/// Registers the callbacks; called once, when the library is loaded.
pub fn register_callbacks() {
    // SAFETY: both callbacks live as long as the process.
    unsafe {
        pg_sys::CacheRegisterRelcacheCallback(Some(at_announcement), pg_sys::Datum::from(0));
        pg_sys::RegisterXactCallback(Some(at_transaction_end), std::ptr::null_mut());
    }
}

/// Called whenever the relation cache forgets a table, or all of them: changes nothing but variables of this backend.
#[pg_guard]
unsafe extern "C-unwind" fn at_announcement(_arg: pg_sys::Datum, table: pg_sys::Oid) {
    let concerns =
        table == pg_sys::Oid::INVALID || WATCHED.with_borrow(|watched| watched.contains(&table));
    if concerns {
        GENERATION.set(GENERATION.get() + 1);
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn at_transaction_end(event: pg_sys::XactEvent::Type, _arg: *mut c_void) {
    use pg_sys::XactEvent::{XACT_EVENT_ABORT, XACT_EVENT_COMMIT, XACT_EVENT_PREPARE};
    if matches!(
        event,
        XACT_EVENT_ABORT | XACT_EVENT_COMMIT | XACT_EVENT_PREPARE
    ) {
        WRITING.set(false);
    }
}
