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
use crate::pg::sql;
use crate::pg::stream::Argument;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// Norms of fewer accounts that use features are not kept.
const LEAST_ACCOUNTS: usize = 3;

/// Where norms come from.
pub enum NormsSource {
    /// They are those of the moment itself.
    Moment,
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
    let norms = match is_at_hand {
        true => take_norms(|| accounts.iter().map(|it| &it.evidence)).0,
        false => read_norms(request.tenant, model, request.norms_at, names)?.0,
    };
    Ok((norms, NormsSource::Moment))
}

/// Takes what is usual at a moment from the rows of all accounts of the tenant; with the number of accounts that use features.
fn read_norms(
    tenant: Uuid,
    model: &Model,
    at: Moment,
    names: &mut FeatureNames,
) -> Result<(Norms, usize), Fault> {
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
        UsageQuery::OF_NORMS,
        &arguments,
        names,
        &mut |account, row| {
            let evidence = evidences.entry(account).or_default();
            evidence.add_row(&row, &yardstick.clocks);
        },
    )?;
    Ok(take_norms(|| evidences.values()))
}

fn take_norms<'a, I: Iterator<Item = &'a Evidence>>(evidences: impl Fn() -> I) -> (Norms, usize) {
    let (catalogue, accounts) = find_catalogue(evidences());
    let depth = median_depth(evidences());
    (Norms { catalogue, depth }, accounts)
}

/// The latest norms that were kept by the moment asked for, and when they were taken.
fn find_kept_norms(
    request: &EvidenceRequest<'_>,
    names: &mut FeatureNames,
) -> Result<Option<(Norms, Moment)>, Fault> {
    let kept = sql::first(
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
    let (norms, accounts) = read_norms(tenant, &model, at, &mut names)?;
    if norms.catalogue.is_empty() || accounts < LEAST_ACCOUNTS {
        return Ok(());
    }
    let catalogue = names.names_of(|number| norms.catalogue.contains(&number));
    sql::run(
        include_str!("sql/keep_norms.sql"),
        &[
            tenant.into(),
            catalogue.into(),
            norms.depth.into(),
            i32::try_from(accounts).unwrap_or(i32::MAX).into(),
        ],
    )
}
