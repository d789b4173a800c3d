//! Owns the SQL of the worker: claim what is due, record what came of it, give back what was under way.

use super::address::{AllowedHosts, Endpoint};
use super::delivery::{Claim, Done, Job};
use super::retry::{Delays, Settlement, settle};
use super::signature::Secret;
use super::{clone_guard, headers};
use crate::pg::fault::Fault;
use crate::pg::sql::{self};
use pgrx::{JsonB, Uuid};
use std::collections::HashMap;

/// Deliveries under way to one host at most.
pub const PER_HOST: i32 = 16;
/// Rows claimed or recorded in one statement at most.
pub const BATCH: i32 = 500;

/// A delivery claimed: either ready to be sent or, its playbook being at fault, settled before it leaves.
#[derive(Debug)]
pub enum Claimed {
    /// To be sent.
    Job(Job),
    /// Cannot be sent.
    Refused(Done),
}

/// Puts back what a worker that is gone had claimed; its tries count.
pub fn give_back() -> Result<(), Fault> {
    sql::run(include_str!("sql/give_back.sql"), &[])
}

/// Claims what is due on hosts with free permits, up to `room` rows. Nothing in a copied database.
pub fn claim(
    busy: &HashMap<String, i32>,
    room: i32,
    allowed: &AllowedHosts,
) -> Result<Vec<Claimed>, Fault> {
    let (hosts, counts): (Vec<_>, Vec<_>) = busy
        .iter()
        .map(|(host, count)| (host.clone(), *count))
        .unzip();
    let (system, database) = clone_guard::mark();
    let token = crate::pg::uuid_v7::new();
    sql::write(
        include_str!("sql/claim.sql"),
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
        attempt: row.need("attempts")?,
        max_attempts: row.need("max_attempts")?,
    };
    let host: String = row.need("host")?;
    let url: Option<String> = row.maybe("webhook_url")?;
    let secret: Option<String> = row.maybe("webhook_secret")?;
    let headers: JsonB = row.need("headers")?;
    let body: String = row.need("payload")?;
    let prepared = prepare(url.as_deref(), secret.as_deref(), &headers, allowed);
    Ok(match prepared {
        Ok((url, named, secret, headers)) => Claimed::Job(Job {
            claim,
            host,
            id: claim.id.to_string(),
            url,
            named,
            secret,
            headers,
            body,
        }),
        Err(why) => Claimed::Refused(Done::refused(claim, host, why)),
    })
}

type Prepared = (url::Url, bool, Secret, reqwest::header::HeaderMap);

fn prepare(
    url: Option<&str>,
    secret: Option<&str>,
    further: &JsonB,
    allowed: &AllowedHosts,
) -> Result<Prepared, String> {
    let endpoint = Endpoint::parse(url.ok_or("the playbook has no webhook_url any more")?)?;
    let named = endpoint.admit(allowed)?;
    let secret = Secret::parse(secret.ok_or("the playbook has no webhook_secret")?)?;
    let headers = further
        .0
        .as_object()
        .map_or_else(|| Ok(reqwest::header::HeaderMap::new()), headers::read)?;
    Ok((endpoint.url().clone(), named, secret, headers))
}

/// Records what came of deliveries, each only if it is still held by the same claim.
pub fn record(done: &[Done], delays: &Delays) -> Result<(), Fault> {
    let settled = done
        .iter()
        .map(|it| (it, settlement(it, delays)))
        .collect::<Vec<_>>();
    let delay = |settlement: Settlement| match settlement {
        Settlement::Again(wait) => i64::try_from(wait.as_millis()).unwrap_or(i64::MAX),
        _ => 0,
    };
    let status = |settlement: Settlement| match settlement {
        Settlement::Completed => "completed",
        Settlement::Again(_) => "pending",
        Settlement::Failed | Settlement::Gone => "failed",
    };
    let each = |pick: fn(&Claim) -> Uuid| done.iter().map(|it| pick(&it.claim)).collect::<Vec<_>>();
    sql::run(
        include_str!("sql/record.sql"),
        &[
            each(|claim| claim.tenant_id).into(),
            each(|claim| claim.id).into(),
            each(|claim| claim.token).into(),
            settled
                .iter()
                .map(|(_, it)| status(*it))
                .collect::<Vec<_>>()
                .into(),
            settled
                .iter()
                .map(|(_, it)| delay(*it))
                .collect::<Vec<_>>()
                .into(),
            done.iter()
                .map(|it| it.sent.status.map(i32::from))
                .collect::<Vec<_>>()
                .into(),
            done.iter()
                .map(|it| it.sent.body.clone())
                .collect::<Vec<_>>()
                .into(),
            settled
                .iter()
                .map(|(it, settled)| complaint(it, *settled))
                .collect::<Vec<_>>()
                .into(),
            done.iter()
                .map(|it| i32::try_from(it.sent.took.as_millis()).unwrap_or(i32::MAX))
                .collect::<Vec<_>>()
                .into(),
        ],
    )?;
    let gone = settled
        .iter()
        .filter(|(_, it)| *it == Settlement::Gone)
        .map(|(done, _)| done.claim);
    let (tenants, playbooks): (Vec<_>, Vec<_>) = gone
        .map(|claim| (claim.tenant_id, claim.playbook_id))
        .unzip();
    if playbooks.is_empty() {
        return Ok(());
    }
    sql::run(
        include_str!("sql/switch_off.sql"),
        &[tenants.into(), playbooks.into()],
    )
}

fn settlement(done: &Done, delays: &Delays) -> Settlement {
    let jitter = f64::from(getrandom::u32().unwrap_or(u32::MAX / 2)) / f64::from(u32::MAX);
    settle(
        &done.sent,
        done.claim.attempt,
        done.claim.max_attempts,
        delays,
        jitter,
    )
}

fn complaint(done: &Done, settled: Settlement) -> Option<String> {
    let answered = || {
        done.sent
            .status
            .map(|status| format!("the receiver answered {status}"))
    };
    match settled {
        Settlement::Completed => None,
        Settlement::Gone => Some(
            "the receiver answered 410: it wants no more, the playbook was switched off".to_owned(),
        ),
        _ => done.sent.error.clone().or_else(answered),
    }
}
