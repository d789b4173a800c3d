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
        |row| read_one(row, allowed),
    )
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

fn read_one(row: &Row<'_>, allowed: &AllowedHosts) -> Result<Due, Fault> {
    let lane = read_lane(row)?;
    let claim = Claim {
        tenant_id: lane.tenant,
        id: row.need("id")?,
        playbook_id: row.need("playbook_id")?,
        attempt_number: row.need::<i32>("attempts")? + 1,
        max_attempts: row.need("max_attempts")?,
    };
    let obstacle = row.maybe::<String>("obstacle")?;
    let prepared = prepare(row, allowed)?;
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
fn prepare(row: &Row<'_>, allowed: &AllowedHosts) -> Result<Result<Way, String>, Fault> {
    let channel: String = row.need("channel")?;
    let url: Option<String> = row.maybe("url")?;
    let secrets = [
        row.maybe::<String>("webhook_secret")?,
        row.maybe::<String>("previous_secret")?,
    ];
    let headers: Option<JsonB> = row.maybe("headers")?;
    Ok(match channel.as_str() {
        "email" => Ok(Way::Email),
        _ => endpoint(url.as_deref()).and_then(|endpoint| {
            let addresses = endpoint.allowed_addresses(allowed)?;
            let url = endpoint.url().clone();
            match channel.as_str() {
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
