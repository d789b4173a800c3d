//! Owns chains: a playbook that changes an account may set others off, which may go on. A chain is at most five long, and in all
//! that one change sets off no playbook runs twice for one account; so whatever is built, it ends.

use pgrx::Uuid;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;

/// The longest chain.
const LONGEST: i32 = 5;

thread_local! {
    static DEPTH: Cell<i32> = const { Cell::new(0) };
    static RAN: RefCell<HashSet<(Uuid, Uuid)>> = RefCell::default();
}

/// One link of a chain, from the matches of a change to all that they set off.
pub struct Chain {
    /// How many playbooks lead to a run of this link, itself included.
    pub length: i32,
}

impl Chain {
    /// Begins a link; it ends when the guard is dropped, also by a panic.
    pub fn begin_link() -> Self {
        let length = DEPTH.get() + 1;
        DEPTH.set(length);
        Self { length }
    }

    /// Whether a playbook may not run for an account within this chain.
    pub fn ends_before(&self, playbook: Uuid, account: Uuid) -> bool {
        let has_run = || RAN.with_borrow(|ran| ran.contains(&(playbook, account)));
        self.length > LONGEST || self.length > 1 && has_run()
    }

    /// A playbook runs for an account.
    pub fn note(&self, playbook: Uuid, account: Uuid) {
        RAN.with_borrow_mut(|ran| ran.insert((playbook, account)));
    }
}

impl Drop for Chain {
    fn drop(&mut self) {
        DEPTH.set(self.length - 1);
        if self.length == 1 {
            RAN.take();
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_chain_ends_at_its_length_and_where_it_comes_back() {
        let id = |number: u8| Uuid::from_bytes([number; 16]);
        let account = id(9);
        let mut links = Vec::new();
        for number in 1..=6 {
            let link = Chain::begin_link();
            assert_eq!(
                link.ends_before(id(number), account),
                number == 6,
                "{number}"
            );
            if number > 1 {
                assert!(link.ends_before(id(1), account), "{number}");
                assert_eq!(link.ends_before(id(1), id(8)), number == 6, "{number}");
            }
            link.note(id(number), account);
            links.push(link);
        }
        while links.pop().is_some() {}
        let link = Chain::begin_link();
        assert_eq!(link.length, 1);
        assert!(!link.ends_before(id(1), account));
    }
}
