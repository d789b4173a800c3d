//! Owns what a mover says of a move, on its way from the call to the trigger and the history row that its statement writes.

use pgrx::Uuid;
use std::cell::RefCell;

/// What is said of one account's move.
#[derive(Debug, Default)]
pub struct Words {
    pub(super) account: Option<Uuid>,
    pub(super) note: Option<String>,
    pub(super) override_reason: Option<String>,
    /// The milestones that were waived for it.
    pub(super) waived: Option<Vec<Uuid>>,
    /// It takes the move before it back.
    pub(super) undoes: bool,
}

thread_local! {
    static SAID: RefCell<Option<Words>> = const { RefCell::new(None) };
}

/// While alive, the next statement that records moves finds these words. It takes them, so that what its triggers do further
/// goes without; dropped at an error too, so that nothing of a failed move is left to the next.
pub struct Saying(());

impl Saying {
    /// Says it.
    pub fn begin(words: Words) -> Self {
        SAID.set(Some(words));
        Self(())
    }
}

impl Drop for Saying {
    fn drop(&mut self) {
        SAID.set(None);
    }
}

/// What was said, if anything.
pub fn take() -> Words {
    SAID.take().unwrap_or_default()
}

/// Whether the move of this account, that is about to be written, takes the one before it back.
pub fn undoes(account: Uuid) -> bool {
    SAID.with_borrow(|said| {
        said.as_ref()
            .is_some_and(|words| words.undoes && words.account == Some(account))
    })
}
