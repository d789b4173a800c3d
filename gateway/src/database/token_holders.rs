//! Owns the memory of whose token it is. Pure but for its memory.

use crate::shares::Holder;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How many tokens are remembered.
const MAX_REMEMBERED: usize = 10_000;

/// The holders of valid tokens, by hash.
#[derive(Default)]
pub(crate) struct TokenHolders(Mutex<HashMap<String, Holder>>);

impl TokenHolders {
    pub(super) fn get(&self, hash: &str) -> Option<Holder> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(hash).copied()
    }

    pub(super) fn remember(&self, hash: &str, holder: Holder) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX_REMEMBERED {
            let any = known.keys().next().cloned();
            any.map(|any| known.remove(&any));
        }
        known.insert(hash.to_owned(), holder);
    }

    /// The token is no longer valid.
    pub(super) fn forget(&self, hash: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn memory_is_bounded_and_what_ended_is_forgotten() {
        let holders = TokenHolders::default();
        let holder = Holder {
            tenant: Uuid::from_u128(1),
            person: Uuid::from_u128(2),
        };
        for number in 0..MAX_REMEMBERED + 10 {
            holders.remember(&number.to_string(), holder);
        }
        assert_eq!(holders.0.lock().unwrap().len(), MAX_REMEMBERED);
        let last = (MAX_REMEMBERED + 9).to_string();
        assert_eq!(holders.get(&last), Some(holder));
        holders.forget(&last);
        assert_eq!(holders.get(&last), None);
    }
}
