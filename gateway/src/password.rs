//! Owns passwords: bcrypt runs outside the async threads, at most as many at a time as there are cores, and half of them for
//! one client, so that many attempts from one address make no other wait.

use crate::http::error::ApiError;
use crate::shares::line::{Lines, Patience};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The cost of a new hash: 2 to the power of this many rounds.
const COST: u32 = 12;
/// Shorter ones are easy to guess.
const MIN_CHARACTERS: usize = 8;
/// bcrypt reads 72 bytes; a longer password is refused, never cut.
const TOO_LONG_BYTES: usize = 72;
/// The longest wait for a core.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// A client waits behind its own for as long as they come to an end.
const OWN: Patience = Patience {
    standstill: MAX_WAIT,
    longest: Duration::from_secs(30),
};
/// No password matches it: checking it makes an unknown e-mail take as long as a known one.
const UNKNOWN_USER_HASH: &str = "$2b$12$CwTycUXWue0Thq9StjUM0uJ8eOQvYfIbnEHdDDEqvyqoFbCrBVfmC";

#[derive(Clone)]
pub(crate) struct PasswordChecker {
    permits: Arc<Semaphore>,
    clients: Arc<Lines<IpAddr>>,
}

impl PasswordChecker {
    pub(crate) fn new() -> Self {
        Self::on(std::thread::available_parallelism().map_or(1, usize::from))
    }

    fn on(cores: usize) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(cores)),
            clients: Lines::new((cores / 2).max(1)),
        }
    }

    /// Whether this is the password of that hash. Without a hash it is false, after the same time.
    pub(crate) async fn verify(
        &self,
        client: IpAddr,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, ApiError> {
        self.run_on_a_core(client, move || matches_hash(&password, hash.as_deref()))
            .await
    }

    /// A new hash of a password that is accepted by [`check_new_password`].
    pub(crate) async fn hash(&self, client: IpAddr, password: String) -> Result<String, ApiError> {
        let hash = move || bcrypt::hash(cs_text::compose(&password).as_bytes(), COST);
        self.run_on_a_core(client, hash)
            .await?
            .map_err(|error| ApiError::Internal(error.to_string()))
    }

    async fn run_on_a_core<T: Send + 'static>(
        &self,
        client: IpAddr,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let too_many =
            || ApiError::Unavailable("too many passwords are waiting to be checked".to_owned());
        let own = self.clients.clone().place(client, OWN).await;
        let own = own.ok_or_else(too_many)?;
        let waiting = tokio::time::timeout(MAX_WAIT, self.permits.clone().acquire_owned());
        let Ok(Ok(permit)) = waiting.await else {
            return Err(too_many());
        };
        let work = tokio::task::spawn_blocking(move || {
            // held by the work itself: a client that goes away does not free the core
            let _places = (permit, own);
            work()
        });
        work.await
            .map_err(|error| ApiError::Internal(error.to_string()))
    }
}

/// Refuses a new password that bcrypt would cut or that is too easy; `field` is the one that holds it.
pub(crate) fn check_new_password(password: &str, field: &str) -> Result<(), ApiError> {
    let refuse = |what: &str| Err(ApiError::invalid(format!("The password {what}."), field));
    let password = cs_text::compose(password);
    if password.chars().count() < MIN_CHARACTERS {
        return refuse("must have at least 8 characters");
    }
    if password.len() >= TOO_LONG_BYTES {
        return refuse("must be shorter than 72 bytes");
    }
    if password.contains('\0') {
        return refuse("must not contain the NUL character");
    }
    Ok(())
}

/// Composed, as new hashes are made; then as it was typed, for hashes from elsewhere.
fn matches_hash(password: &str, hash: Option<&str>) -> bool {
    let composed = cs_text::compose(password);
    matches_bytes(&composed, hash) || (composed != password && matches_bytes(password, hash))
}

fn matches_bytes(password: &str, hash: Option<&str>) -> bool {
    let fits = password.len() < TOO_LONG_BYTES;
    let tried = if fits { password } else { "" };
    let same = bcrypt::verify(tried, hash.unwrap_or(UNKNOWN_USER_HASH)).unwrap_or(false);
    fits && same && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_password_alone_matches() {
        let hash = bcrypt::hash("password123", 4).unwrap();
        assert!(matches_hash("password123", Some(&hash)));
        assert!(!matches_hash("password124", Some(&hash)));
        assert!(!matches_hash("", Some(&hash)));
        assert!(!matches_hash("password123", Some("not a hash")));
    }

    #[test]
    fn a_password_is_one_however_a_keyboard_composes_it() {
        let hash = bcrypt::hash(cs_text::compose("Gelo\u{308}st-2026").as_bytes(), 4).unwrap();
        assert!(matches_hash("Gel\u{f6}st-2026", Some(&hash)));
        assert!(matches_hash("Gelo\u{308}st-2026", Some(&hash)));
        assert!(!matches_hash("Gelost-2026", Some(&hash)));
        let from_elsewhere = bcrypt::hash("Gelo\u{308}st-2026", 4).unwrap();
        assert!(matches_hash("Gelo\u{308}st-2026", Some(&from_elsewhere)));
        // What is composed is short enough, though what was typed is not.
        let long = "o\u{308}".repeat(30);
        assert!(check_new_password(&long, "password").is_ok());
    }

    #[test]
    fn long_passwords_are_never_cut() {
        let (longest, cut) = ("x".repeat(71), "x".repeat(72));
        assert!(matches_hash(
            &longest,
            Some(&bcrypt::hash(&longest, 4).unwrap())
        ));
        let hash = bcrypt::hash(&cut, 4).unwrap();
        assert!(!matches_hash(&cut, Some(&hash)));
        assert!(!matches_hash(&"x".repeat(100), Some(&hash)));
        assert!(!matches_hash(&cut, Some(&bcrypt::hash("", 4).unwrap())));
    }

    #[test]
    fn new_passwords_are_neither_short_nor_cut() {
        for good in ["12345678", "ääöößßüü", &"x".repeat(71)] {
            assert!(check_new_password(good, "p").is_ok(), "{good}");
        }
        for bad in ["1234567", "", &"x".repeat(72), &"ä".repeat(36), "1234567\0"] {
            assert!(check_new_password(bad, "p").is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_new_hash_costs_what_it_should() {
        let checker = PasswordChecker::new();
        let client = IpAddr::from([192, 0, 2, 1]);
        let hash = checker.hash(client, "correct horse".to_owned()).await;
        let hash = hash.unwrap();
        assert!(hash.starts_with("$2b$12$") && hash.len() == 60, "{hash}");
        let password = "correct horse".to_owned();
        let right = checker.verify(client, password, Some(hash)).await;
        assert!(right.unwrap());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn many_attempts_of_one_client_make_no_other_wait() {
        let checker = PasswordChecker::on(2);
        let (many, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let work = |client| {
            let checker = checker.clone();
            let pause = || std::thread::sleep(Duration::from_millis(50));
            tokio::spawn(async move { checker.run_on_a_core(client, pause).await.is_ok() })
        };
        let attempts = (0..20).map(|_| work(many)).collect::<Vec<_>>();
        tokio::time::sleep(Duration::from_millis(10)).await;
        assert!(work(other).await.unwrap());
        let waiting = attempts.iter().filter(|it| !it.is_finished()).count();
        assert!(waiting > 10, "{waiting}");
        for attempt in attempts {
            assert!(attempt.await.unwrap());
        }
    }

    #[test]
    fn the_hash_of_an_unknown_user_is_one_that_bcrypt_reads() {
        assert!(bcrypt::verify("", UNKNOWN_USER_HASH).is_ok_and(|same| !same));
    }
}
