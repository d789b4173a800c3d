//! Owns the shares: how much of the connections and of the long answers one tenant and one person may hold at a time,
//! what is kept for log-in, and who is refused when a share is in use.

pub(crate) mod line;

use crate::http::error::ApiError;
use line::{KeyedPlace, Line, Lines, Patience, Place};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// The longest wait for a connection, free or new, and for a place in a share.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Calls beyond a share wait while that share's calls come to an end; once none has for this long, they are refused.
const STANDSTILL: Duration = Duration::from_secs(1);
/// Connections that tokens of unknown tenants share.
const STRANGERS: usize = 2;

/// Whose share a call counts against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Holder {
    pub(crate) tenant: Uuid,
    pub(crate) person: Uuid,
}

impl Holder {
    /// Until a tenant is chosen, people are their own.
    pub(crate) fn of_session(person: Uuid, tenant: Option<Uuid>) -> Self {
        Self {
            tenant: tenant.unwrap_or(person),
            person,
        }
    }
}

/// What a connection is needed for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// Reads of the gateway's own, and log-in: what no caller can make wait.
    LogIn,
    /// All else under `/auth`.
    Desk(Holder),
    /// To find out whose token it is.
    UnknownToken,
    /// A call of a member.
    Call(Holder),
}

/// Sign-ups, accepted invitations and forgotten passwords, whose people are not signed in, share one place.
pub(crate) const NEWCOMERS: Holder = Holder {
    tenant: Uuid::nil(),
    person: Uuid::nil(),
};

/// How many places there are in all, for one tenant and for one person.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Limits {
    all: usize,
    tenant: usize,
    person: usize,
}

impl Limits {
    fn new(all: usize, of: usize) -> Self {
        Self {
            all: all.max(1),
            tenant: part(of, 2),
            person: part(of, 4),
        }
    }
}

/// Rounded down, but at least one.
fn part(of: usize, divisor: usize) -> usize {
    (of / divisor).max(1)
}

/// A quarter of the connections, rounded up, is kept for log-in; the only connection is not.
fn reserve(pool_size: usize) -> usize {
    pool_size.div_ceil(4).min(pool_size.saturating_sub(1))
}

fn limits_of_calls(pool_size: usize) -> Limits {
    Limits::new(pool_size - reserve(pool_size), pool_size)
}

/// One of the reserved connections remains for log-in alone.
fn limits_of_desk(pool_size: usize) -> Limits {
    let all = reserve(pool_size).saturating_sub(1).max(1);
    Limits::new(all, all)
}

/// Fewer than the calls there may be, so that a short one always finds a connection.
fn limits_of_long_answers(pool_size: usize) -> Limits {
    let calls = limits_of_calls(pool_size).all;
    let all = part(pool_size, 2).min(calls.saturating_sub(1).max(1));
    Limits::new(all, all)
}

/// The places of one kind.
#[derive(Debug)]
struct Ledger {
    all: Arc<Line>,
    tenants: Arc<Lines<Uuid>>,
    people: Arc<Lines<Uuid>>,
    /// For a place among all.
    standstill: Duration,
}

impl Ledger {
    fn new(limits: Limits, standstill: Duration) -> Self {
        Self {
            all: Line::new(limits.all),
            tenants: Lines::new(limits.tenant),
            people: Lines::new(limits.person),
            standstill,
        }
    }

    /// First a place in the person's line, so that one person does not fill that of the tenant.
    async fn share(&self, holder: Holder) -> Result<Share, ApiError> {
        let patience = patience(STANDSTILL);
        let in_use = |whose| ApiError::ShareInUse { whose };
        let person = self.people.clone().place(holder.person, patience).await;
        let person = person.ok_or_else(|| in_use("person"))?;
        let tenant = self.tenants.clone().place(holder.tenant, patience).await;
        let tenant = tenant.ok_or_else(|| in_use("tenant"))?;
        let all = self.place_among_all().await?;
        Ok(Share {
            _all: Some(all),
            _tenant: Some(tenant),
            _person: Some(person),
            _stranger: None,
        })
    }

    async fn place_among_all(&self) -> Result<Place, ApiError> {
        let place = self.all.clone().place(patience(self.standstill)).await;
        place.ok_or_else(|| ApiError::Unavailable("no connection became free in time".to_owned()))
    }
}

fn patience(standstill: Duration) -> Patience {
    Patience {
        standstill,
        longest: LONGEST_WAIT,
    }
}

/// Places in use, free again when this is dropped.
#[derive(Debug, Default)]
pub(crate) struct Share {
    _all: Option<Place>,
    _tenant: Option<KeyedPlace<Uuid>>,
    _person: Option<KeyedPlace<Uuid>>,
    _stranger: Option<Place>,
}

/// The shares of a pool of that size.
#[derive(Debug)]
pub(crate) struct Shares {
    calls: Ledger,
    desk: Ledger,
    long_answers: Ledger,
    strangers: Arc<Line>,
}

impl Shares {
    pub(crate) fn new(pool_size: usize) -> Self {
        let calls = limits_of_calls(pool_size);
        Self {
            // these calls are others', and end within a statement's time
            calls: Ledger::new(calls, LONGEST_WAIT),
            desk: Ledger::new(limits_of_desk(pool_size), LONGEST_WAIT),
            long_answers: Ledger::new(limits_of_long_answers(pool_size), STANDSTILL),
            strangers: Line::new(STRANGERS.min(calls.all)),
        }
    }

    /// What a connection is counted against while it is in use.
    pub(crate) async fn connection(&self, purpose: Purpose) -> Result<Share, ApiError> {
        match purpose {
            Purpose::LogIn => Ok(Share::default()),
            Purpose::Desk(holder) => self.desk.share(holder).await,
            Purpose::Call(holder) => self.calls.share(holder).await,
            Purpose::UnknownToken => {
                let stranger = self.strangers.clone().place(patience(LONGEST_WAIT)).await;
                let busy = || ApiError::Unavailable("too many unknown tokens at once".to_owned());
                let stranger = stranger.ok_or_else(busy)?;
                Ok(Share {
                    _all: Some(self.calls.place_among_all().await?),
                    _stranger: Some(stranger),
                    ..Share::default()
                })
            }
        }
    }

    /// For an answer that is read at the speed of its client.
    pub(crate) async fn long_answer(&self, holder: Holder) -> Result<Share, ApiError> {
        self.long_answers.share(holder).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(tenant: u128, person: u128) -> Holder {
        Holder {
            tenant: Uuid::from_u128(tenant),
            person: Uuid::from_u128(person),
        }
    }

    fn numbers(limits: Limits) -> [usize; 3] {
        [limits.all, limits.tenant, limits.person]
    }

    #[test]
    fn pools_of_all_sizes_are_divided() {
        for (size, calls, desk, long) in [
            (1, [1, 1, 1], [1, 1, 1], [1, 1, 1]),
            (2, [1, 1, 1], [1, 1, 1], [1, 1, 1]),
            (3, [2, 1, 1], [1, 1, 1], [1, 1, 1]),
            (4, [3, 2, 1], [1, 1, 1], [2, 1, 1]),
            (10, [7, 5, 2], [2, 1, 1], [5, 2, 1]),
            (16, [12, 8, 4], [3, 1, 1], [8, 4, 2]),
            (100, [75, 50, 25], [24, 12, 6], [50, 25, 12]),
        ] {
            assert_eq!(numbers(limits_of_calls(size)), calls, "{size}");
            assert_eq!(numbers(limits_of_desk(size)), desk, "{size}");
            assert_eq!(numbers(limits_of_long_answers(size)), long, "{size}");
        }
    }

    #[test]
    fn from_five_connections_on_one_remains_for_log_in() {
        for size in 5..200 {
            let held = limits_of_calls(size).all + limits_of_desk(size).all;
            assert!(held < size, "{size}");
            assert!(
                limits_of_long_answers(size).all < limits_of_calls(size).all,
                "{size}"
            );
        }
    }

    /// Takes places until one is refused.
    async fn taken(shares: &Shares, holders: impl Iterator<Item = Holder>) -> Vec<Share> {
        let mut taken = Vec::new();
        for holder in holders {
            match shares.connection(Purpose::Call(holder)).await {
                Ok(share) => taken.push(share),
                Err(_) => break,
            }
        }
        taken
    }

    #[tokio::test(start_paused = true)]
    async fn a_person_holds_a_quarter_and_a_tenant_half() {
        let shares = Shares::new(10);
        let person = taken(&shares, (0..9).map(|_| holder(1, 1))).await;
        assert_eq!(person.len(), 2);
        let refused = shares.connection(Purpose::Call(holder(1, 1))).await;
        assert!(matches!(refused, Err(ApiError::ShareInUse { .. })));
        let others = taken(&shares, (2..9).map(|n| holder(1, n))).await;
        assert_eq!(others.len(), 3);
        let elsewhere = taken(&shares, (20..29).map(|n| holder(2, n))).await;
        assert_eq!(elsewhere.len(), 2, "seven calls in all");
        for purpose in [Purpose::LogIn, Purpose::Desk(holder(1, 1))] {
            assert!(shares.connection(purpose).await.is_ok());
        }
        drop(person);
        let again = shares.connection(Purpose::Call(holder(2, 30))).await;
        assert!(again.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn unknown_tokens_share_two() {
        let shares = Shares::new(10);
        let unknown = || shares.connection(Purpose::UnknownToken);
        let held = (unknown().await.unwrap(), unknown().await.unwrap());
        assert!(unknown().await.is_err());
        assert_eq!(taken(&shares, (1..9).map(|n| holder(n, n))).await.len(), 5);
        drop(held);
        assert!(unknown().await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn long_answers_have_shares_of_their_own() {
        let shares = Shares::new(10);
        let first = shares.long_answer(holder(1, 1)).await.unwrap();
        assert!(shares.long_answer(holder(1, 1)).await.is_err());
        let _second = shares.long_answer(holder(1, 2)).await.unwrap();
        assert!(shares.long_answer(holder(1, 3)).await.is_err());
        assert!(shares.long_answer(holder(2, 4)).await.is_ok());
        drop(first);
        assert!(shares.long_answer(holder(1, 3)).await.is_ok());
    }
}
