//! Owns what is usual among a tenant's accounts: taken from the rows at hand, from the rows of all accounts, or, for a
//! large tenant, from norms that were taken recently and kept.

use super::evidence_request::{AccountEvidence, EvidenceRequest};
use super::feature_names::FeatureNames;
use super::usage_rows::{UsageQuery, stream_usage_rows};
use crate::health::moment::to_timestamp;
use crate::health::score::clock::{CATALOGUE_DAYS, Moment};
use crate::health::score::evidence::Evidence;
use crate::health::score::yardstick::{Norms, Yardstick, find_catalogue, median_depth};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::stream::Argument;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// With more rows than this, norms are good for a day and a half; with fewer they are taken again for every score.
pub const LARGE: i64 = 50_000;
/// With more rows than this, the norms of the daily pass are good enough for a quick answer; with fewer, taking them is
/// quick.
pub const FAIR: i64 = 10_000;

/// Norms that were just taken, as they are kept.
pub struct FreshNorms {
    /// The features of the catalogue.
    pub catalogue: Vec<String>,
    /// The usual depth.
    pub depth: Option<f64>,
    /// The number of rows they were taken from.
    pub rows: u64,
}

/// Where norms come from.
pub enum NormsSource {
    /// They were just taken.
    Fresh(FreshNorms),
    /// They were taken at this moment and kept.
    Kept(Moment),
}

/// The norms that the accounts asked for are measured by. `rows` is how many rows of theirs norms can be taken from.
/// Whether there are tickets is not known here.
pub fn norms_for(
    request: &EvidenceRequest<'_>,
    accounts: &[AccountEvidence],
    rows: u64,
    yardstick: &Yardstick,
    names: &mut FeatureNames,
) -> Result<(Norms, NormsSource), Fault> {
    if request.only.is_none() {
        let evidences = || accounts.iter().map(|it| &it.evidence);
        return Ok(take_norms(evidences, accounts.len(), rows, names));
    }
    match find_kept_norms(request, names)? {
        Some((norms, taken_at)) => Ok((norms, NormsSource::Kept(taken_at))),
        None => read_norms(request, yardstick, names),
    }
}

/// Takes norms from the rows of all accounts of the tenant.
fn read_norms(
    request: &EvidenceRequest<'_>,
    yardstick: &Yardstick,
    names: &mut FeatureNames,
) -> Result<(Norms, NormsSource), Fault> {
    let mut evidences = HashMap::<Uuid, Evidence>::new();
    let mut rows = 0;
    let arguments = [
        Argument::new(request.tenant),
        Argument::new(to_timestamp(request.known_until)?),
        Argument::new(to_timestamp(catalogue_start(yardstick))?),
    ];
    let query = UsageQuery::OF_NORMS;
    stream_usage_rows(query, &arguments, names, &mut |account, row| {
        rows += 1;
        let evidence = evidences.entry(account).or_default();
        evidence.add_row(&row, &yardstick.clocks);
    })?;
    let accounts = sql::one(
        "select count(*) as it from cs.accounts where tenant_id = $1",
        &[request.tenant.into()],
        |row| row.need::<i64>("it"),
    )?;
    let accounts = usize::try_from(accounts).unwrap_or_default();
    Ok(take_norms(|| evidences.values(), accounts, rows, names))
}

fn catalogue_start(yardstick: &Yardstick) -> Moment {
    let clocks = yardstick.clocks.iter();
    clocks
        .map(|clock| clock.ago(CATALOGUE_DAYS))
        .min()
        .unwrap_or(Moment::MIN)
}

fn take_norms<'a, I: Iterator<Item = &'a Evidence>>(
    evidences: impl Fn() -> I,
    accounts: usize,
    rows: u64,
    names: &FeatureNames,
) -> (Norms, NormsSource) {
    let norms = Norms {
        catalogue: find_catalogue(evidences(), accounts),
        depth: median_depth(evidences()),
        has_tickets: false,
    };
    let features = names.names_of(|number| norms.catalogue.contains(&number));
    let fresh = FreshNorms {
        catalogue: features.into_iter().map(str::to_owned).collect(),
        depth: norms.depth,
        rows,
    };
    (norms, NormsSource::Fresh(fresh))
}

/// Norms that were kept, if they are recent and from enough rows, and when they were taken.
fn find_kept_norms(
    request: &EvidenceRequest<'_>,
    names: &mut FeatureNames,
) -> Result<Option<(Norms, Moment)>, Fault> {
    let kept = sql::first(
        include_str!("sql/kept_norms.sql"),
        &[
            request.tenant.into(),
            to_timestamp(request.as_of)?.into(),
            request.norm_rows.into(),
        ],
        |row| {
            Ok((
                row.maybe::<Vec<String>>("catalogue")?.unwrap_or_default(),
                row.maybe::<f64>("usual_depth")?,
                row.need::<TimestampWithTimeZone>("norms_at")?,
            ))
        },
    )?;
    Ok(kept.map(|(features, depth, taken_at)| {
        let norms = Norms {
            catalogue: features.iter().map(|name| names.number(name)).collect(),
            depth,
            has_tickets: false,
        };
        (norms, taken_at.into_inner())
    }))
}

/// Keeps fresh norms for the scores that follow, if they were taken from more rows than `least`.
pub fn keep_norms(
    tenant: Uuid,
    as_of: Moment,
    fresh: &FreshNorms,
    least: i64,
) -> Result<(), Fault> {
    let rows = i64::try_from(fresh.rows).unwrap_or(i64::MAX);
    if rows <= least {
        return Ok(());
    }
    sql::run(
        include_str!("sql/keep_norms.sql"),
        &[
            tenant.into(),
            to_timestamp(as_of)?.into(),
            rows.into(),
            fresh.catalogue.clone().into(),
            fresh.depth.into(),
        ],
    )
}
