//! Owns what travels with the move of an account from one SQL statement to the next: the note, the waiver, that it is
//! an undo.
//!
//! Set by `move_account_stage` and `undo_stage_move` around their `update cs.accounts set current_stage = …`. Read by
//! the BEFORE trigger of that update (`tg_accounts__check`: an undo is not held back by milestones, and gives the former status back) and taken by its
//! AFTER trigger (`tg_accounts__record_stage`), which writes it into `cs.journey_history`. It travels in the memory of
//! the backend, where no caller can put anything by SQL.

use crate::stages::AccountStatus;
use pgrx::Uuid;
use std::cell::RefCell;

/// What is known of the move of one account apart from the stages.
#[derive(Debug, Default)]
pub struct MoveContext {
    /// Whose move.
    pub account: Option<Uuid>,
    /// The mover's note.
    pub note: Option<String>,
    /// Why milestones were waived for it.
    pub waive_reason: Option<String>,
    /// The milestones that were waived for it.
    pub waived: Option<Vec<Uuid>>,
    /// Whether it takes back the move before it.
    pub is_undo: bool,
    /// The status that the move which is taken back has changed.
    pub status_before: Option<AccountStatus>,
}

thread_local! {
    static OF_NEXT_UPDATE: RefCell<Option<MoveContext>> = const { RefCell::new(None) };
}

impl MoveContext {
    /// Sets the context of the next UPDATE of accounts, while the guard lives. That statement takes it, so that it does not
    /// apply to what its triggers do further.
    #[must_use]
    pub fn set_for_next_update(self) -> MoveContextGuard {
        OF_NEXT_UPDATE.set(Some(self));
        MoveContextGuard(())
    }

    /// Takes the context of the UPDATE that is under way; empty where none was set.
    pub fn take() -> Self {
        OF_NEXT_UPDATE.take().unwrap_or_default()
    }

    /// Whether the move of this account, which is about to be written, takes back the one before it.
    pub fn is_undo_of(account: Uuid) -> bool {
        Self::of_undo(account, |_| ()).is_some()
    }

    /// The status that an account gets back by the undo that is about to be written.
    pub fn status_restored_to(account: Uuid) -> Option<AccountStatus> {
        Self::of_undo(account, |it| it.status_before).flatten()
    }

    fn of_undo<T>(account: Uuid, read: impl FnOnce(&Self) -> T) -> Option<T> {
        OF_NEXT_UPDATE.with_borrow(|context| {
            let context = context.as_ref()?;
            (context.is_undo && context.account == Some(account)).then(|| read(context))
        })
    }
}

/// Clears the context when it is dropped, at an error too: nothing of a failed move is left to the next.
pub struct MoveContextGuard(());

impl Drop for MoveContextGuard {
    fn drop(&mut self) {
        OF_NEXT_UPDATE.set(None);
    }
}
