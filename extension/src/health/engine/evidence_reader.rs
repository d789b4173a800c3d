//! Owns the way from tables to evidence: one pass over the usage rows of a tenant or of some of its accounts, kept as
//! sums and marks. Reads with whatever rights are in force: the caller has entered a system section for a tenant it has
//! checked.

use super::evidence_request::{
    AccountEvidence, EvidenceRequest, positions_by_id, read_accounts, require_calendar_year,
};
use super::feature_names::FeatureNames;
use super::norms::{NormsSource, norms_for};
use super::tenant_clock::read_clock;
use super::usage_rows::{UsageQuery, kinds_by_oid, stream_usage_rows};
use crate::health::model::definition::Model;
use crate::health::moment::to_timestamp;
use crate::health::score::clock::{Clock, DEPTH_DAYS, Moment};
use crate::health::score::feeds::{Feed, patience_days};
use crate::health::score::metric::{KINDS, MetricKind, UsageRow};
use crate::health::score::yardstick::{Norms, Yardstick};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::stream::{Argument, stream};
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// Everything the formulas need.
pub struct GatheredEvidence {
    /// The accounts, by id.
    pub accounts: Vec<AccountEvidence>,
    /// What they are measured by.
    pub yardstick: Yardstick,
    /// Where the norms in it come from.
    pub norms_source: NormsSource,
    /// The names of features.
    pub names: FeatureNames,
}

/// Gathers the evidence of the accounts asked for, and the yardstick they are measured by.
pub fn gather_evidence(
    request: &EvidenceRequest<'_>,
    model: &Model,
) -> Result<GatheredEvidence, Fault> {
    require_calendar_year(request.as_of)?;
    let feeds = read_feeds(request)?;
    let clock = read_clock(request.tenant, request.as_of)?;
    let clocks = read_clocks(request, &feeds, &clock)?;
    let from = clocks
        .iter()
        .map(|clock| clock.ago(DEPTH_DAYS))
        .min()
        .unwrap_or(request.as_of);
    let mut accounts = read_accounts(request)?;
    read_first_rows(request, from, &mut accounts)?;
    let mut yardstick = Yardstick {
        is_out: feeds.map(|feed| feed.is_out()),
        clocks,
        targets: model.targets,
        norms: Norms::default(),
    };
    let mut names = FeatureNames::default();
    let since = (from, clock.ago(DEPTH_DAYS));
    let rows = read_usage(request, since, &mut accounts, &yardstick, &mut names)?;
    let (norms, norms_source) = norms_for(request, &accounts, rows, &yardstick, &mut names)?;
    yardstick.norms = Norms {
        has_tickets: feeds[MetricKind::SupportTickets.index()].last.is_some(),
        catalogue: match model.key_features.as_slice() {
            [] => norms.catalogue,
            key => key.iter().map(|name| names.number(name)).collect(),
        },
        depth: norms.depth,
    };
    Ok(GatheredEvidence {
        accounts,
        yardstick,
        norms_source,
        names,
    })
}

fn read_feeds(request: &EvidenceRequest<'_>) -> Result<[Feed; 4], Fault> {
    let labels = KINDS.map(MetricKind::label).to_vec();
    let patience = KINDS.map(patience_days).to_vec();
    let rows = sql::read(
        include_str!("sql/feeds.sql"),
        &[
            request.tenant.into(),
            to_timestamp(request.as_of)?.into(),
            labels.into(),
            patience.into(),
        ],
        |row| {
            let feed = Feed {
                last: row
                    .maybe::<TimestampWithTimeZone>("last")?
                    .map(TimestampWithTimeZone::into_inner),
                is_fresh: row.need("is_fresh")?,
                regular_days: row.need("regular_days")?,
            };
            Ok((row.need::<String>("metric_type")?, feed))
        },
    )?;
    let feeds = rows.into_iter().collect::<HashMap<_, _>>();
    Ok(KINDS.map(|kind| feeds.get(kind.label()).copied().unwrap_or_default()))
}

/// A clock per kind: the usual one, or that of the last row where the feed is out.
fn read_clocks(
    request: &EvidenceRequest<'_>,
    feeds: &[Feed; 4],
    usual: &Clock,
) -> Result<[Clock; 4], Fault> {
    let mut clocks = std::array::from_fn(|_| usual.clone());
    for (feed, clock) in feeds.iter().zip(&mut clocks) {
        if feed.is_out() {
            *clock = read_clock(request.tenant, feed.reference(request.as_of))?;
        }
    }
    Ok(clocks)
}

/// Notes the first row of each account and kind, and the last one with a quantity where it is from before `from`.
fn read_first_rows(
    request: &EvidenceRequest<'_>,
    from: Moment,
    accounts: &mut [AccountEvidence],
) -> Result<(), Fault> {
    let positions = positions_by_id(accounts);
    let kinds = kinds_by_oid()?;
    stream(
        include_str!("sql/first_rows.sql"),
        &[
            Argument::new(request.tenant),
            Argument::new(request.only.map(<[Uuid]>::to_vec)),
            Argument::new(to_timestamp(request.known_until)?),
            Argument::new(to_timestamp(from)?),
        ],
        &mut |slot| {
            let position = slot.uuid(0).and_then(|id| positions.get(&id));
            let kind = slot.value(1).and_then(|oid| kinds.get(&oid));
            let (Some(position), Some(kind), Some(first)) = (position, kind, slot.value(2)) else {
                return;
            };
            let evidence = &mut accounts[*position].evidence;
            evidence.note_first_row(*kind, first);
            let metric = &mut evidence.metrics[kind.index()];
            metric.last = metric.last.max(slot.value::<Moment>(3));
        },
    )
}

/// Reads the rows of the accounts asked for, from one moment on and seats from another; returns how many of them norms
/// can be taken from.
fn read_usage(
    request: &EvidenceRequest<'_>,
    (from, seats_from): (Moment, Moment),
    accounts: &mut [AccountEvidence],
    yardstick: &Yardstick,
    names: &mut FeatureNames,
) -> Result<u64, Fault> {
    let positions = positions_by_id(accounts);
    let mut norm_rows = 0;
    let mut each = |account, mut row: UsageRow<'_>| {
        let Some(position) = positions.get(&account) else {
            return;
        };
        norm_rows += u64::from(matches!(
            row.kind,
            MetricKind::Logins | MetricKind::FeatureUsage
        ));
        if row.stamp.0 <= seats_from {
            // Tickets are read from the first; seats of long ago are not those of today.
            row.metadata.seats = None;
        }
        accounts[*position]
            .evidence
            .add_row(&row, &yardstick.clocks);
    };
    let mut arguments = vec![
        Argument::new(request.tenant),
        Argument::new(to_timestamp(request.known_until)?),
        Argument::new(to_timestamp(from)?),
    ];
    let query = match request.only {
        None => UsageQuery::OF_ALL,
        Some(only) => {
            arguments.push(Argument::new(only.to_vec()));
            UsageQuery::OF_SOME
        }
    };
    stream_usage_rows(query, &arguments, names, &mut each)?;
    Ok(norm_rows)
}
