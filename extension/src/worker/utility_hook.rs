//! Owns how the workers give way to commands that need a database to themselves: DROP DATABASE, RENAME, SET TABLESPACE
//! and CREATE DATABASE ... TEMPLATE would otherwise fail after five seconds because a worker is connected.
//!
//! And how they take settings that are given to their database: ALTER DATABASE ... SET holds for sessions that begin after it.
//!
//! The session that runs such a command asks the workers to leave, waits for them, bounded, and lets them return afterwards.

use crate::background::board::{BOARD, Phase, is_available, now_ms};
use crate::background::wake;
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::ffi::{CStr, c_char, c_int};
use std::sync::atomic::Ordering;

const PATIENCE_MS: i64 = 6_000;
/// If the commanding session dies without a word, the worker returns after this long.
const LONGEST_HOLD_MS: i64 = 120_000;

static mut PREVIOUS: pg_sys::ProcessUtility_hook_type = None;

/// Puts the hook in, at preload.
pub fn register() {
    // SAFETY: single-threaded postmaster, at preload.
    unsafe {
        PREVIOUS = pg_sys::ProcessUtility_hook;
        pg_sys::ProcessUtility_hook = Some(process_utility);
    }
}

#[pg_guard]
#[expect(clippy::too_many_arguments, reason = "PostgreSQL's signature")]
unsafe extern "C-unwind" fn process_utility(
    statement: *mut pg_sys::PlannedStmt,
    query: *const c_char,
    read_only_tree: bool,
    context: pg_sys::ProcessUtilityContext::Type,
    params: pg_sys::ParamListInfo,
    environment: *mut pg_sys::QueryEnvironment,
    destination: *mut pg_sys::DestReceiver,
    completion: *mut pg_sys::QueryCompletion,
) {
    // SAFETY: PostgreSQL passes a valid statement, and what it passes is passed on.
    unsafe {
        let _hold = database_of((*statement).utilityStmt).and_then(Hold::of);
        let given_settings = database_given_settings((*statement).utilityStmt);
        match PREVIOUS {
            Some(previous) => pg_sys::ffi::pg_guard_ffi_boundary(|| {
                previous(
                    statement,
                    query,
                    read_only_tree,
                    context,
                    params,
                    environment,
                    destination,
                    completion,
                );
            }),
            None => pg_sys::standard_ProcessUtility(
                statement,
                query,
                read_only_tree,
                context,
                params,
                environment,
                destination,
                completion,
            ),
        }
        if let Some(database) = given_settings {
            wake::start_anew_at_commit(database.to_u32());
        }
    }
}

/// The database whose settings of ours a command changes.
unsafe fn database_given_settings(statement: *mut pg_sys::Node) -> Option<pg_sys::Oid> {
    // SAFETY: the tag tells which statement a node is.
    unsafe {
        if (*statement).type_ != pg_sys::NodeTag::T_AlterDatabaseSetStmt {
            return None;
        }
        let alter = statement.cast::<pg_sys::AlterDatabaseSetStmt>();
        let set = (*alter).setstmt;
        let is_ours = (*set).kind == pg_sys::VariableSetKind::VAR_RESET_ALL
            || CStr::from_ptr((*set).name)
                .to_bytes()
                .starts_with(b"customer_success.");
        let database = pg_sys::get_database_oid((*alter).dbname, true);
        (is_ours && database != pg_sys::Oid::INVALID).then_some(database)
    }
}

/// The database that a command needs to itself, where it is one of the caller's own.
unsafe fn database_of(statement: *mut pg_sys::Node) -> Option<pg_sys::Oid> {
    // SAFETY: the tag tells which statement a node is.
    unsafe {
        let name = match (*statement).type_ {
            pg_sys::NodeTag::T_DropdbStmt => (*statement.cast::<pg_sys::DropdbStmt>()).dbname,
            pg_sys::NodeTag::T_RenameStmt => {
                let rename = statement.cast::<pg_sys::RenameStmt>();
                if (*rename).renameType != pg_sys::ObjectType::OBJECT_DATABASE {
                    return None;
                }
                (*rename).subname
            }
            pg_sys::NodeTag::T_AlterDatabaseStmt => {
                let alter = statement.cast::<pg_sys::AlterDatabaseStmt>();
                option((*alter).options, c"tablespace")?;
                (*alter).dbname
            }
            pg_sys::NodeTag::T_CreatedbStmt => {
                let template = option(
                    (*statement.cast::<pg_sys::CreatedbStmt>()).options,
                    c"template",
                )?;
                pg_sys::defGetString(template)
            }
            _ => return None,
        };
        if name.is_null() {
            return None;
        }
        let database = pg_sys::get_database_oid(name, true);
        (database != pg_sys::Oid::INVALID && owns(database)).then_some(database)
    }
}

unsafe fn option(options: *mut pg_sys::List, wanted: &CStr) -> Option<*mut pg_sys::DefElem> {
    // SAFETY: a list of DefElem, as the grammar builds it.
    unsafe {
        let options = pgrx::PgList::<pg_sys::DefElem>::from_pg(options);
        options
            .iter_ptr()
            .find(|option| CStr::from_ptr((**option).defname) == wanted)
    }
}

/// Only a caller who may run the command can send the worker away.
unsafe fn owns(database: pg_sys::Oid) -> bool {
    // SAFETY: a look-up in a system cache, released again.
    unsafe {
        let tuple = pg_sys::SearchSysCache1(
            pg_sys::SysCacheIdentifier::DATABASEOID.cast_signed(),
            pg_sys::Datum::from(database),
        );
        if tuple.is_null() {
            return false;
        }
        let owner = (*pg_sys::GETSTRUCT(tuple).cast::<pg_sys::FormData_pg_database>()).datdba;
        pg_sys::ReleaseSysCache(tuple);
        pg_sys::has_privs_of_role(pg_sys::GetUserId(), owner)
    }
}

/// While alive, the workers of this database are away.
struct Hold(u32);

impl Hold {
    fn of(database: pg_sys::Oid) -> Option<Self> {
        if !is_available() {
            return None;
        }
        let hold = Self(database.to_u32());
        let deadline = now_ms() + PATIENCE_MS;
        while !hold.sends_away() && now_ms() < deadline {
            wait_a_moment();
        }
        Some(hold)
    }

    /// Asks all workers to leave, those that have just come too; true once all are gone.
    fn sends_away(&self) -> bool {
        let mut are_away = true;
        for slot in BOARD.get().slots_of(self.0) {
            slot.held_until_ms
                .store(now_ms() + LONGEST_HOLD_MS, Ordering::Release);
            if slot.phase() != Phase::Left {
                are_away = false;
                slot.leave.store(true, Ordering::Release);
                slot.wake();
            }
        }
        are_away
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        for slot in BOARD.get().slots_of(self.0) {
            slot.held_until_ms.store(0, Ordering::Release);
        }
        BOARD.get().wake_launcher();
    }
}

fn wait_a_moment() {
    const MOMENT_MS: i64 = 10;
    let events: c_int =
        (pg_sys::WL_TIMEOUT | pg_sys::WL_LATCH_SET | pg_sys::WL_EXIT_ON_PM_DEATH).cast_signed();
    // SAFETY: this backend's own latch.
    unsafe {
        pg_sys::WaitLatch(
            pg_sys::MyLatch,
            events,
            MOMENT_MS,
            pg_sys::PG_WAIT_EXTENSION,
        );
        pg_sys::ResetLatch(pg_sys::MyLatch);
    }
    pgrx::check_for_interrupts!();
}
