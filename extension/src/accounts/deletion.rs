//! Owns what is known of the deletion of an account, and what stays once it is gone: its name and place, and its ARR history,
//! ended with 0.
//!
//! Set by `delete_account` around its `delete from cs.accounts`. Read by the AFTER triggers of that statement. It travels in the
//! memory of the backend, where no caller can put anything by SQL.

use crate::identity;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXT, UUID};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid};
use std::cell::RefCell;

/// Why an account is deleted, and which one has taken over what it had.
#[derive(Debug, Clone, Default)]
pub struct Deletion {
    /// In the words of whoever deletes it; `None`: by hand.
    pub reason: Option<String>,
    /// The account it is merged into.
    pub merged_into: Option<Uuid>,
}

thread_local! {
    static UNDER_WAY: RefCell<Deletion> = RefCell::default();
    static KEEP: Kept = const { Kept::new(include_str!("sql/keep_deleted.sql"), &[UUID, TEXT, UUID]) };
}

impl Deletion {
    /// While the guard lives, accounts are deleted for this.
    #[must_use]
    pub fn begin(self) -> DeletionGuard {
        UNDER_WAY.set(self);
        DeletionGuard(())
    }

    /// Of the statement under way; empty where a row is deleted by hand.
    pub fn under_way() -> Self {
        UNDER_WAY.with_borrow(Clone::clone)
    }
}

/// Ends it when dropped, at an error too.
pub struct DeletionGuard(());

impl Drop for DeletionGuard {
    fn drop(&mut self) {
        UNDER_WAY.set(Deletion::default());
    }
}

/// AFTER DELETE STATEMENT on accounts, over the transition table `old_rows`.
#[pg_trigger]
fn tg_accounts__keep_deleted<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let deletion = Deletion::under_way();
        let actor = identity::current().user;
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| {
            let arguments = [
                actor.into(),
                deletion.reason.as_deref().into(),
                deletion.merged_into.into(),
            ];
            KEEP.with(|it| transition_tables::write(trigger, client, it, &arguments, |_| Ok(())))
        })
        .map(drop)
    })
}
