//! Owns the worker's reading of the queue: which lanes there are, and what is due in them.

use super::address::{AllowedHosts, Endpoint};
use super::clone_guard;
use super::delivery::{Claim, Delivery, FinishedDelivery, Way};
use super::headers;
use super::lanes::{LaneName, Position, Reading};
use super::signature::Secret;
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::sql::{self, Row};
use pgrx::{JsonB, Uuid};
use std::cell::RefCell;
use std::collections::HashMap;

/// Why a delivery is not sent though it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// This database is not the installation it was made for.
    Copy,
    /// Its tenant is inactive.
    Tenant,
    /// Its playbook is off or paused.
    Playbook,
    /// Its playbook is gone for good.
    Deleted,
}

impl Obstacle {
    fn read(label: &str) -> Option<Self> {
        match label {
            "copy" => Some(Self::Copy),
            "tenant" => Some(Self::Tenant),
            "playbook" => Some(Self::Playbook),
            "deleted" => Some(Self::Deleted),
            _ => None,
        }
    }

    /// The value of `webhook_queue.held`; `None`: it is not held, it ends.
    pub const fn held(self) -> Option<&'static str> {
        match self {
            Self::Copy => Some("copy"),
            Self::Tenant => Some("tenant"),
            Self::Playbook => Some("playbook"),
            Self::Deleted => None,
        }
    }
}

/// A delivery that is due.
pub struct Due {
    /// Its lane.
    pub lane: LaneName,
    /// Its place there.
    pub position: Position,
    /// Its size.
    pub bytes: usize,
    /// When it was queued, in µs since 1970.
    pub created_at: i64,
    /// What keeps it from being sent.
    pub obstacle: Option<Obstacle>,
    /// Which it is.
    pub claim: Claim,
    /// Ready to be sent; or, where its playbook or the settings are at fault, why not.
    pub delivery: Result<Delivery, FinishedDelivery>,
}

/// Has this process look up each row by itself for as long as it lives. Its statements are planned once and are about few rows: a plan
/// that was made while the queue was short would read all of it, again and again, once it is long.
pub fn look_up_only() -> Result<(), Fault> {
    sql::run("set enable_seqscan = off", &[])?;
    sql::run("set enable_hashjoin = off", &[])?;
    sql::run("set enable_mergejoin = off", &[])
}

/// Puts back what a worker that has ended had under way; those tries count.
pub fn release_claims() -> Result<(), Fault> {
    sql::run(include_str!("sql/release_claims.sql"), &[])
}

/// The lanes that have something pending.
pub fn find_lanes(most: i32) -> Result<Vec<LaneName>, Fault> {
    sql::read(
        include_str!("sql/find_lanes.sql"),
        &[most.into()],
        read_lane,
    )
}

fn read_lane(row: &Row<'_>) -> Result<LaneName, Fault> {
    Ok(LaneName {
        tenant: row.need("tenant_id")?,
        host: row.need("host")?,
    })
}

/// What is due in these lanes, lane by lane in its order.
pub fn read_due(readings: &[Reading], now: i64, allowed: &AllowedHosts) -> Result<Vec<Due>, Fault> {
    let number = |it: usize| i32::try_from(it).unwrap_or(i32::MAX);
    let bytes = |it: &Reading| i64::try_from(it.bytes).unwrap_or(i64::MAX);
    let each = |pick: &dyn Fn(&Reading) -> Uuid| readings.iter().map(pick).collect::<Vec<_>>();
    let ways = Ways::default();
    planned::read(
        Planning::Once,
        include_str!("sql/read_due.sql"),
        &[
            each(&|it| it.lane.tenant).into(),
            hosts(readings.iter().map(|it| &it.lane)).into(),
            readings
                .iter()
                .map(|it| it.from.run_at)
                .collect::<Vec<_>>()
                .into(),
            each(&|it| it.from.id).into(),
            readings
                .iter()
                .map(|it| number(it.rows))
                .collect::<Vec<_>>()
                .into(),
            readings.iter().map(bytes).collect::<Vec<_>>().into(),
            now.into(),
            clone_guard::this_installation().into(),
        ],
        |row| read_one(row, &ways, allowed),
    )
}

/// The way of each action of a playbook, prepared once for all rows of a reading.
#[derive(Default)]
struct Ways(RefCell<HashMap<ActionOfPlaybook, Result<Way, String>>>);

/// A playbook, the place of the action in it, and the channel that its delivery was queued for.
type ActionOfPlaybook = (Uuid, i32, String);

impl Ways {
    fn of(&self, row: &Row<'_>, allowed: &AllowedHosts) -> Result<Result<Way, String>, Fault> {
        let key = (
            row.need("playbook_id")?,
            row.need("action")?,
            row.need("channel")?,
        );
        if let Some(known) = self.0.borrow().get(&key) {
            return Ok(known.clone());
        }
        let prepared = prepare(row, &key.2, allowed)?;
        self.0.borrow_mut().insert(key, prepared.clone());
        Ok(prepared)
    }
}

fn hosts<'a>(lanes: impl Iterator<Item = &'a LaneName>) -> Vec<String> {
    lanes.map(|it| it.host.clone()).collect()
}

/// When each of these lanes has something next, in µs since 1970.
pub fn next_moments(lanes: &[LaneName], now: i64) -> Result<Vec<(LaneName, Option<i64>)>, Fault> {
    planned::read(
        Planning::Once,
        include_str!("sql/next_moments.sql"),
        &[
            lanes.iter().map(|it| it.tenant).collect::<Vec<_>>().into(),
            hosts(lanes.iter()).into(),
            now.into(),
        ],
        |row| Ok((read_lane(row)?, row.maybe("run_at")?)),
    )
}

fn read_one(row: &Row<'_>, ways: &Ways, allowed: &AllowedHosts) -> Result<Due, Fault> {
    let lane = read_lane(row)?;
    let claim = Claim {
        tenant_id: lane.tenant,
        id: row.need("id")?,
        playbook_id: row.need("playbook_id")?,
        attempt_number: row.need::<i32>("attempts")? + 1,
        max_attempts: row.need("max_attempts")?,
    };
    let obstacle = row.maybe::<String>("obstacle")?;
    let prepared = ways.of(row, allowed)?;
    let host = lane.host.clone();
    let delivery = match prepared {
        Ok(way) => Ok(Delivery::new(claim, host, way, row.need("payload")?)),
        Err(why) => Err(FinishedDelivery::refused(claim, host, why)),
    };
    Ok(Due {
        position: Position {
            run_at: row.need("run_at")?,
            id: claim.id,
        },
        bytes: usize::try_from(row.need::<i32>("bytes")?).unwrap_or(0),
        created_at: row.need("created_at")?,
        obstacle: obstacle.as_deref().and_then(Obstacle::read),
        lane,
        claim,
        delivery,
    })
}

/// The way it leaves; or why it cannot, as a sentence.
fn prepare(
    row: &Row<'_>,
    channel: &str,
    allowed: &AllowedHosts,
) -> Result<Result<Way, String>, Fault> {
    let url: Option<String> = row.maybe("url")?;
    let secrets = [
        row.maybe::<String>("webhook_secret")?,
        row.maybe::<String>("previous_secret")?,
    ];
    let headers: Option<JsonB> = row.maybe("headers")?;
    Ok(match channel {
        "email" => Ok(Way::Email),
        _ => endpoint(url.as_deref()).and_then(|endpoint| {
            let addresses = endpoint.allowed_addresses(allowed)?;
            let url = endpoint.url().clone();
            match channel {
                "slack" => Ok(Way::Slack { url, addresses }),
                _ => Ok(Way::Webhook {
                    url,
                    addresses,
                    secrets: parse_secrets(secrets)?,
                    headers: match headers.as_ref().and_then(|it| it.0.as_object()) {
                        Some(headers) => headers::read(headers)?,
                        None => reqwest::header::HeaderMap::new(),
                    },
                }),
            }
        }),
    })
}

fn endpoint(url: Option<&str>) -> Result<Endpoint, String> {
    Endpoint::parse(url.ok_or("the playbook no longer has this action")?)
}

fn parse_secrets([current, previous]: [Option<String>; 2]) -> Result<Vec<Secret>, String> {
    let current = current.ok_or("the playbook has no webhook_secret")?;
    let secrets = [Some(current), previous];
    secrets
        .iter()
        .flatten()
        .map(|it| Secret::parse(it))
        .collect()
}
