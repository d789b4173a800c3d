//! Passwords: bcrypt away from the async threads, no more at a time than there are cores.

use crate::http::error::ApiError;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// What a new hash costs: 2 to that many rounds.
const COST: u32 = 12;
/// Shorter ones are guessed.
const FEWEST_CHARACTERS: usize = 8;
/// bcrypt reads 72 bytes; a longer password is refused, never cut.
const TOO_LONG: usize = 72;
/// The longest wait for a core.
const PATIENCE: Duration = Duration::from_secs(10);
/// No password leads to it: it costs an unknown e-mail the time that a known one takes.
const NOBODY: &str = "$2b$12$CwTycUXWue0Thq9StjUM0uJ8eOQvYfIbnEHdDDEqvyqoFbCrBVfmC";

#[derive(Clone)]
pub(crate) struct Checker {
    permits: Arc<Semaphore>,
}

impl Checker {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            permits: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Whether this is the password of that hash. Without a hash, no, after the same time.
    pub(crate) async fn verify(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, ApiError> {
        self.with_a_core(move || matches(&password, hash.as_deref()))
            .await
    }

    /// A new hash of a password that is [`acceptable`].
    pub(crate) async fn hash(&self, password: String) -> Result<String, ApiError> {
        self.with_a_core(move || bcrypt::hash(password, COST))
            .await?
            .map_err(|error| ApiError::Internal(error.to_string()))
    }

    async fn with_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let waiting = tokio::time::timeout(PATIENCE, self.permits.clone().acquire_owned());
        let Ok(Ok(permit)) = waiting.await else {
            return Err(ApiError::Unavailable(
                "too many passwords wait to be checked".to_owned(),
            ));
        };
        let work = tokio::task::spawn_blocking(move || {
            // held by the work itself: a client that goes away does not free the core
            let _permit = permit;
            work()
        });
        work.await
            .map_err(|error| ApiError::Internal(error.to_string()))
    }
}

/// Whether a new password can be kept whole and is not too easy; `field` is where it stood.
pub(crate) fn acceptable(password: &str, field: &str) -> Result<(), ApiError> {
    let refused = |what: &str| Err(ApiError::invalid(format!("The password {what}."), field));
    if password.chars().count() < FEWEST_CHARACTERS {
        return refused("must have at least 8 characters");
    }
    if password.len() >= TOO_LONG {
        return refused("must be shorter than 72 bytes");
    }
    if password.contains('\0') {
        return refused("must not contain the character NUL");
    }
    Ok(())
}

fn matches(password: &str, hash: Option<&str>) -> bool {
    let fits = password.len() < TOO_LONG;
    let tried = if fits { password } else { "" };
    let same = bcrypt::verify(tried, hash.unwrap_or(NOBODY)).unwrap_or(false);
    fits && same && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_password_alone_matches() {
        let hash = bcrypt::hash("password123", 4).unwrap();
        assert!(matches("password123", Some(&hash)));
        assert!(!matches("password124", Some(&hash)));
        assert!(!matches("", Some(&hash)));
        assert!(!matches("password123", Some("not a hash")));
    }

    #[test]
    fn long_passwords_are_never_cut() {
        let (longest, cut) = ("x".repeat(71), "x".repeat(72));
        assert!(matches(&longest, Some(&bcrypt::hash(&longest, 4).unwrap())));
        let hash = bcrypt::hash(&cut, 4).unwrap();
        assert!(!matches(&cut, Some(&hash)));
        assert!(!matches(&"x".repeat(100), Some(&hash)));
        assert!(!matches(&cut, Some(&bcrypt::hash("", 4).unwrap())));
    }

    #[test]
    fn new_passwords_are_neither_short_nor_cut() {
        for good in ["12345678", "ääöößßüü", &"x".repeat(71)] {
            assert!(acceptable(good, "p").is_ok(), "{good}");
        }
        for bad in ["1234567", "", &"x".repeat(72), &"ä".repeat(36), "1234567\0"] {
            assert!(acceptable(bad, "p").is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_new_hash_costs_what_it_should() {
        let checker = Checker::new();
        let hash = checker.hash("correct horse".to_owned()).await.unwrap();
        assert!(hash.starts_with("$2b$12$") && hash.len() == 60, "{hash}");
        let right = checker.verify("correct horse".to_owned(), Some(hash)).await;
        assert!(right.unwrap());
    }

    #[test]
    fn hash_of_nobody_is_one_that_bcrypt_reads() {
        assert!(bcrypt::verify("", NOBODY).is_ok_and(|same| !same));
    }
}
