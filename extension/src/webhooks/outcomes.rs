//! Owns the worker's writing to the queue: what holds a delivery, that it is under way, what came of it.

use super::clone_guard;
use super::delivery::{Claim, FinishedDelivery};
use super::retry::{Delays, DeliveryAttempt, DeliveryOutcome, decide_outcome};
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::sql;
use pgrx::Uuid;
use std::time::Duration;

/// A playbook and its tenant.
pub type TenantPlaybook = (Uuid, Uuid);

/// A silent name server costs no try for so long, since nothing is known of the receiver.
const PATIENCE_WITH_NAMES: i64 = 24 * 60 * 60 * 1_000_000;
const WAIT_FOR_NAMES: Duration = Duration::from_secs(60);

/// A try as it is recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Which.
    pub claim: Claim,
    attempts: i32,
    status: &'static str,
    wait: Duration,
    error: Option<String>,
    attempt: Option<DeliveryAttempt>,
    /// Its receiver wants nothing more.
    pub is_gone: bool,
}

impl Recorded {
    /// What comes of a try. `created_at` and `now` are µs since 1970.
    pub fn of(finished: FinishedDelivery, delays: &Delays, created_at: i64, now: i64) -> Self {
        let (claim, attempt) = (finished.claim, finished.attempt);
        let jitter = f64::from(getrandom::u32().unwrap_or(u32::MAX / 2)) / f64::from(u32::MAX);
        let is_free = attempt.is_unresolved && now - created_at < PATIENCE_WITH_NAMES;
        let outcome = match is_free {
            true => DeliveryOutcome::Again(WAIT_FOR_NAMES.mul_f64(0.8 + 0.4 * jitter)),
            false => decide_outcome(
                &attempt,
                claim.attempt_number,
                claim.max_attempts,
                delays,
                jitter,
            ),
        };
        Self {
            claim,
            attempts: claim.attempt_number - i32::from(is_free),
            status: outcome.status(),
            wait: match outcome {
                DeliveryOutcome::Again(wait) => wait,
                _ => Duration::ZERO,
            },
            error: error_text(&attempt, outcome),
            is_gone: outcome == DeliveryOutcome::Gone,
            attempt: Some(attempt),
        }
    }

    /// It ends without a try, and why.
    pub fn ended(claim: Claim, why: &str) -> Self {
        Self {
            status: "failed",
            ..Self::untried(claim, Some(why.to_owned()))
        }
    }

    /// It was noted to be under way, but was not sent.
    pub fn put_back(claim: Claim) -> Self {
        Self::untried(claim, None)
    }

    fn untried(claim: Claim, error: Option<String>) -> Self {
        Self {
            claim,
            attempts: claim.attempt_number - 1,
            status: "pending",
            wait: Duration::ZERO,
            error,
            attempt: None,
            is_gone: false,
        }
    }

    /// Whether the receiver has it.
    pub fn is_completed(&self) -> bool {
        self.status == "completed"
    }

    /// Whether a try failed.
    pub fn is_failed_try(&self) -> bool {
        self.attempt.is_some() && !self.is_completed()
    }
}

/// Records what came of tries, each only where the delivery has not ended meanwhile and is nobody else's. The token is this worker's.
pub fn record(recorded: &[Recorded], token: Uuid) -> Result<(), Fault> {
    fn each<'a, T>(recorded: &'a [Recorded], pick: impl Fn(&'a Recorded) -> T) -> Vec<T> {
        recorded.iter().map(pick).collect()
    }
    const fn attempt(it: &Recorded) -> Option<&DeliveryAttempt> {
        it.attempt.as_ref()
    }
    planned::run(
        Planning::Once,
        include_str!("sql/record_outcomes.sql"),
        &[
            each(recorded, |it| it.claim.tenant_id).into(),
            each(recorded, |it| it.claim.id).into(),
            each(recorded, |it| it.attempts).into(),
            each(recorded, |it| it.status).into(),
            each(recorded, |it| milliseconds(it.wait)).into(),
            each(recorded, |it| attempt(it)?.status.map(i32::from)).into(),
            each(recorded, |it| Some(attempt(it)?.body.as_str())).into(),
            each(recorded, |it| it.error.as_deref()).into(),
            each(recorded, |it| {
                let took = attempt(it).map(|it| milliseconds(it.took));
                took.map(|took| i32::try_from(took).unwrap_or(i32::MAX))
            })
            .into(),
            each(recorded, |it| {
                it.is_failed_try().then(crate::pg::uuid_v7::new)
            })
            .into(),
            each(recorded, |it| it.claim.attempt_number).into(),
            token.into(),
        ],
    )
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn error_text(attempt: &DeliveryAttempt, outcome: DeliveryOutcome) -> Option<String> {
    let answered = || {
        attempt
            .status
            .map(|status| format!("the receiver answered {status}"))
    };
    match outcome {
        DeliveryOutcome::Completed => None,
        DeliveryOutcome::Gone => Some(
            "the receiver answered 410: it wants no more deliveries, so the playbook was switched off".to_owned(),
        ),
        _ => attempt.error.clone().or_else(answered),
    }
}

/// Notes what holds these, each.
pub fn hold(held: &[(Claim, &'static str)]) -> Result<(), Fault> {
    sql::run(
        include_str!("sql/hold.sql"),
        &[
            held.iter()
                .map(|(claim, _)| claim.tenant_id)
                .collect::<Vec<_>>()
                .into(),
            held.iter()
                .map(|(claim, _)| claim.id)
                .collect::<Vec<_>>()
                .into(),
            held.iter().map(|(_, why)| *why).collect::<Vec<_>>().into(),
            clone_guard::this_installation().into(),
        ],
    )
}

/// Notes that these are under way.
pub fn note_under_way(claims: &[Claim], token: Uuid) -> Result<(), Fault> {
    planned::run(
        Planning::Once,
        include_str!("sql/note_under_way.sql"),
        &[
            claims
                .iter()
                .map(|it| it.tenant_id)
                .collect::<Vec<_>>()
                .into(),
            claims.iter().map(|it| it.id).collect::<Vec<_>>().into(),
            token.into(),
            claims
                .iter()
                .map(|it| it.attempt_number)
                .collect::<Vec<_>>()
                .into(),
        ],
    )
}

/// Lets go, or ends, what is held and need not be; returns how many, at most so many. Thoroughly: also where a playbook was deleted
/// long ago.
pub fn release(most: i32, is_thorough: bool) -> Result<usize, Fault> {
    sql::count(
        concat!(include_str!("sql/release.sql"), "returning 1"),
        &[most.into(), is_thorough.into()],
    )
}

/// Lets the first of each line go; returns how many.
pub fn free_first_in_line() -> Result<usize, Fault> {
    sql::count(
        concat!(include_str!("sql/free_first_in_line.sql"), "returning 1"),
        &[],
    )
}

/// Which of these deliveries nobody else holds locked at the moment, by id.
pub fn find_unlocked(recorded: &[Recorded]) -> Result<Vec<Uuid>, Fault> {
    let (tenants, ids): (Vec<_>, Vec<_>) = recorded
        .iter()
        .map(|it| (it.claim.tenant_id, it.claim.id))
        .unzip();
    sql::write(
        include_str!("sql/find_unlocked.sql"),
        &[tenants.into(), ids.into()],
        |row| row.need("id"),
    )
}

/// Switches a playbook off; false where another transaction holds it, and nothing is changed.
pub fn switch_off((tenant, playbook): TenantPlaybook) -> Result<bool, Fault> {
    let found = sql::write_first(
        include_str!("sql/switch_off.sql"),
        &[tenant.into(), playbook.into()],
        |row| row.need::<bool>("is_held"),
    )?;
    Ok(found != Some(true))
}
