//! Owns what is usual among a tenant's accounts: taken once a day and kept, so that the same call answers the same whatever
//! was computed in between. Where nothing was kept yet, it is what is usual at the moment itself.

use super::evidence_request::{AccountEvidence, EvidenceRequest};
use super::feature_names::FeatureNames;
use super::tenant_time::TenantTime;
use super::usage_rows::{UsageQuery, stream_usage_rows};
use crate::health::model::definition::Model;
use crate::health::model::versions;
use crate::health::moment::to_timestamp;
use crate::health::score::clock::{CATALOGUE_DAYS, Moment};
use crate::health::score::evidence::Evidence;
use crate::health::score::metric::MetricKind;
use crate::health::score::yardstick::{Norms, find_catalogue, median_depth};
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::sql;
use crate::pg::stream::Argument;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// Norms of fewer accounts that use features are not kept.
const LEAST_ACCOUNTS: usize = 3;
/// Norms from more rows than this take too long to be taken for every few accounts.
const LARGE: u64 = 50_000;

/// Norms that were just taken.
pub struct TakenNorms {
    norms: Norms,
    catalogue: Vec<String>,
    /// Accounts that use features.
    accounts: usize,
    /// The rows of the window that they are from.
    rows: u64,
}

/// Where norms come from.
pub enum NormsSource {
    /// They are those of the moment itself.
    Moment(TakenNorms),
    /// They were taken at this moment and kept.
    Kept(Moment),
}

/// The norms that the accounts asked for are measured by.
pub fn norms_for(
    request: &EvidenceRequest<'_>,
    model: &Model,
    accounts: &[AccountEvidence],
    names: &mut FeatureNames,
) -> Result<(Norms, NormsSource), Fault> {
    if let Some((norms, taken_at)) = find_kept_norms(request, names)? {
        return Ok((norms, NormsSource::Kept(taken_at)));
    }
    let is_at_hand = request.only.is_none()
        && request.norms_at == request.as_of
        && request.known_until == request.as_of;
    let taken = match is_at_hand {
        true => take_norms(|| accounts.iter().map(|it| &it.evidence), names),
        false => read_norms(request.tenant, model, request.norms_at, names)?,
    };
    Ok((taken.norms.clone(), NormsSource::Moment(taken)))
}

/// Takes what is usual at a moment from the rows of all accounts of the tenant.
fn read_norms(
    tenant: Uuid,
    model: &Model,
    at: Moment,
    names: &mut FeatureNames,
) -> Result<TakenNorms, Fault> {
    let time = TenantTime::read(tenant, model, at)?;
    let yardstick = time.yardstick(model);
    let window_start = yardstick.clock(MetricKind::Logins).window_start();
    let catalogue_start = yardstick
        .clock(MetricKind::FeatureUsage)
        .ago(CATALOGUE_DAYS);
    let mut evidences = HashMap::<Uuid, Evidence>::new();
    let arguments = [
        Argument::new(tenant),
        Argument::new(to_timestamp(at)?),
        Argument::new(to_timestamp(window_start)?),
        Argument::new(to_timestamp(catalogue_start)?),
    ];
    stream_usage_rows(
        (Planning::EachTime, UsageQuery::OF_NORMS),
        &arguments,
        (&mut *names, &time.zone),
        &mut |account, row| {
            let evidence = evidences.entry(account).or_default();
            evidence.add_row(&row, &yardstick.clocks);
        },
    )?;
    Ok(take_norms(|| evidences.values(), names))
}

fn take_norms<'a, I: Iterator<Item = &'a Evidence>>(
    evidences: impl Fn() -> I,
    names: &FeatureNames,
) -> TakenNorms {
    let (catalogue, accounts) = find_catalogue(evidences());
    let norms = Norms {
        catalogue,
        depth: median_depth(evidences()),
    };
    let named = names.names_of(|number| norms.catalogue.contains(&number));
    TakenNorms {
        catalogue: named.into_iter().map(str::to_owned).collect(),
        norms,
        accounts,
        rows: evidences().map(Evidence::rows_of_norms).sum(),
    }
}

/// The latest norms that were kept by the moment asked for, and when they were taken.
fn find_kept_norms(
    request: &EvidenceRequest<'_>,
    names: &mut FeatureNames,
) -> Result<Option<(Norms, Moment)>, Fault> {
    let kept = planned::first(
        Planning::Once,
        include_str!("sql/kept_norms.sql"),
        &[
            request.tenant.into(),
            to_timestamp(request.norms_at)?.into(),
        ],
        |row| {
            Ok((
                row.need::<Vec<String>>("catalogue")?,
                row.maybe::<f64>("median_depth")?,
                row.need::<TimestampWithTimeZone>("taken_at")?,
            ))
        },
    )?;
    Ok(kept.map(|(features, depth, taken_at)| {
        let catalogue = features.iter().filter_map(|name| names.number(name));
        let norms = Norms {
            catalogue: catalogue.collect(),
            depth,
        };
        (norms, taken_at.into_inner())
    }))
}

/// Takes what is usual at a moment and keeps it, if it says something. The moment is not before the transaction began.
pub fn keep_norms(tenant: Uuid, at: Moment) -> Result<(), Fault> {
    let model = versions::in_force(tenant, None)?.model;
    let mut names = FeatureNames::new(&model.feature_aliases);
    let taken = read_norms(tenant, &model, at, &mut names)?;
    keep(tenant, &taken)
}

/// Keeps the first norms of a tenant that was empty at its last daily pass and is large by now; until its next one they would
/// have to be taken for every few marked accounts, and whenever a score is explained.
pub fn keep_first_norms(tenant: Uuid, source: &NormsSource) -> Result<(), Fault> {
    match source {
        NormsSource::Moment(taken) if taken.rows > LARGE => keep(tenant, taken),
        _ => Ok(()),
    }
}

fn keep(tenant: Uuid, taken: &TakenNorms) -> Result<(), Fault> {
    if taken.catalogue.is_empty() || taken.accounts < LEAST_ACCOUNTS {
        return Ok(());
    }
    sql::run(
        include_str!("sql/keep_norms.sql"),
        &[
            tenant.into(),
            taken.catalogue.clone().into(),
            taken.norms.depth.into(),
            i32::try_from(taken.accounts).unwrap_or(i32::MAX).into(),
        ],
    )
}
