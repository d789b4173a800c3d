//! Owns the worker's SQL over the queue: claim the deliveries that are due, record their outcomes, release claims.

use super::address::{AllowedAddresses, AllowedHosts, Endpoint};
use super::delivery::{Claim, Delivery, FinishedDelivery, Way};
use super::retry::{Delays, DeliveryAttempt, DeliveryOutcome, decide_outcome};
use super::signature::Secret;
use super::{clone_guard, headers};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::{JsonB, Uuid};
use std::collections::HashMap;

/// The most deliveries under way to one host.
pub const PER_HOST: i32 = 16;
/// The most rows claimed or recorded in one statement.
pub const BATCH: i32 = 500;

/// A delivery that was claimed: ready to be sent or, where its playbook is at fault, finished without an attempt.
#[derive(Debug)]
pub enum Claimed {
    /// To be sent.
    Ready(Delivery),
    /// Cannot be sent.
    Refused(FinishedDelivery),
}

/// Puts back what a worker that has ended had claimed; its attempts count.
pub fn release_claims() -> Result<(), Fault> {
    sql::run(include_str!("sql/release_claims.sql"), &[])
}

/// Claims the deliveries that are due to hosts with free permits, up to `room` of them; none in a copied database. `busy`
/// counts the deliveries under way by host.
pub fn claim_due(
    busy: &HashMap<String, i32>,
    room: i32,
    allowed: &AllowedHosts,
) -> Result<Vec<Claimed>, Fault> {
    let (hosts, counts): (Vec<_>, Vec<_>) = busy
        .iter()
        .map(|(host, count)| (host.clone(), *count))
        .unzip();
    let (system, database) = clone_guard::installation_id();
    let token = crate::pg::uuid_v7::new();
    sql::write(
        include_str!("sql/claim_due.sql"),
        &[
            hosts.into(),
            counts.into(),
            PER_HOST.into(),
            room.min(BATCH).into(),
            token.into(),
            system.into(),
            database.into(),
        ],
        |row| read_claim(row, token, allowed),
    )
}

fn read_claim(row: &sql::Row<'_>, token: Uuid, allowed: &AllowedHosts) -> Result<Claimed, Fault> {
    let claim = Claim {
        tenant_id: row.need("tenant_id")?,
        id: row.need("id")?,
        token,
        playbook_id: row.need("playbook_id")?,
        attempt_number: row.need("attempts")?,
        max_attempts: row.need("max_attempts")?,
    };
    let host: String = row.need("host")?;
    let url: Option<String> = row.maybe("url")?;
    let secret: Option<String> = row.maybe("webhook_secret")?;
    let headers: JsonB = row.need("headers")?;
    let body: String = row.need("payload")?;
    let prepared = prepare(url.as_deref(), secret.as_deref(), &headers, allowed);
    Ok(match prepared {
        Ok((url, addresses, secret, headers)) => Claimed::Ready(Delivery {
            claim,
            host,
            id: claim.id.to_string(),
            way: Way::Webhook {
                url,
                addresses,
                secrets: vec![secret],
                headers,
            },
            body,
        }),
        Err(why) => Claimed::Refused(FinishedDelivery::refused(claim, host, why)),
    })
}

type Prepared = (
    url::Url,
    AllowedAddresses,
    Secret,
    reqwest::header::HeaderMap,
);

fn prepare(
    url: Option<&str>,
    secret: Option<&str>,
    headers: &JsonB,
    allowed: &AllowedHosts,
) -> Result<Prepared, String> {
    let endpoint = Endpoint::parse(url.ok_or("the playbook no longer has this webhook")?)?;
    let addresses = endpoint.allowed_addresses(allowed)?;
    let secret = Secret::parse(secret.ok_or("the playbook has no webhook_secret")?)?;
    let headers = headers
        .0
        .as_object()
        .map_or_else(|| Ok(reqwest::header::HeaderMap::new()), headers::read)?;
    Ok((endpoint.url().clone(), addresses, secret, headers))
}

/// A playbook and its tenant.
pub type TenantPlaybook = (Uuid, Uuid);

/// Records what comes of attempts, each only if the delivery is still held by the same claim. Returns the playbooks whose
/// receivers want nothing more.
pub fn record_outcomes(
    finished: &[FinishedDelivery],
    delays: &Delays,
) -> Result<Vec<TenantPlaybook>, Fault> {
    let outcomes = finished
        .iter()
        .map(|it| (it, outcome_of(it, delays)))
        .collect::<Vec<_>>();
    write_outcomes(&outcomes)?;
    let gone = outcomes
        .iter()
        .filter(|(_, outcome)| *outcome == DeliveryOutcome::Gone)
        .map(|(delivery, _)| (delivery.claim.tenant_id, delivery.claim.playbook_id));
    Ok(gone.collect())
}

/// Which of these deliveries nobody else holds locked at the moment, by id.
pub fn find_unlocked(finished: &[FinishedDelivery]) -> Result<Vec<Uuid>, Fault> {
    let (tenants, ids): (Vec<_>, Vec<_>) = finished
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

type Decided<'a> = (&'a FinishedDelivery, DeliveryOutcome);

fn write_outcomes(outcomes: &[Decided<'_>]) -> Result<(), Fault> {
    fn each<'a, T>(outcomes: &'a [Decided<'a>], pick: impl Fn(&Decided<'a>) -> T) -> Vec<T> {
        outcomes.iter().map(pick).collect()
    }
    sql::run(
        include_str!("sql/record_outcomes.sql"),
        &[
            each(outcomes, |(it, _)| it.claim.tenant_id).into(),
            each(outcomes, |(it, _)| it.claim.id).into(),
            each(outcomes, |(it, _)| it.claim.token).into(),
            each(outcomes, |(_, outcome)| outcome.status()).into(),
            each(outcomes, |(_, outcome)| wait_in_ms(*outcome)).into(),
            each(outcomes, |(it, _)| it.attempt.status.map(i32::from)).into(),
            each(outcomes, |(it, _)| it.attempt.body.clone()).into(),
            each(outcomes, |(it, outcome)| error_text(&it.attempt, *outcome)).into(),
            each(outcomes, |(it, _)| {
                i32::try_from(it.attempt.took.as_millis()).unwrap_or(i32::MAX)
            })
            .into(),
        ],
    )
}

fn outcome_of(finished: &FinishedDelivery, delays: &Delays) -> DeliveryOutcome {
    let jitter = f64::from(getrandom::u32().unwrap_or(u32::MAX / 2)) / f64::from(u32::MAX);
    let claim = finished.claim;
    decide_outcome(
        &finished.attempt,
        claim.attempt_number,
        claim.max_attempts,
        delays,
        jitter,
    )
}

fn wait_in_ms(outcome: DeliveryOutcome) -> i64 {
    match outcome {
        DeliveryOutcome::Again(wait) => i64::try_from(wait.as_millis()).unwrap_or(i64::MAX),
        _ => 0,
    }
}

/// The value of `webhook_queue.last_error`.
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
