//! Owns the way from tables to evidence: one pass over the usage rows of a tenant or of some of its accounts, kept as
//! sums and marks. Reads with whatever rights are in force: the caller has entered a system section for a tenant it has
//! checked.

use super::earlier_usage::{find_unused_kinds, read_earlier_seats};
use super::earlier_weeks::read_earlier_weeks;
use super::evidence_request::{
    AccountEvidence, AccountQuery, EvidenceRequest, account_query, positions_by_id, read_accounts,
    require_calendar_year,
};
use super::feature_names::FeatureNames;
use super::norms::{NormsSource, norms_for};
use super::row_groups::RowGroups;
use super::tenant_time::TenantTime;
use super::tenant_zone::PgZone;
use super::usage_rows::{UsageQuery, kinds_by_oid, stream_usage_rows};
use crate::health::model::definition::Model;
use crate::health::moment::to_timestamp;
use crate::health::score::clock::{DEPTH_DAYS, Moment};
use crate::health::score::metric::UsageRow;
use crate::health::score::yardstick::{Norms, Yardstick};
use crate::health::score::zone::Zone;
use crate::pg::fault::Fault;
use crate::pg::planned::Planning;
use crate::pg::stream::{Argument, stream};
use pgrx::Uuid;

/// Everything the formulas need.
pub struct GatheredEvidence {
    /// The accounts, by id.
    pub accounts: Vec<AccountEvidence>,
    /// What they are measured by.
    pub yardstick: Yardstick,
    /// The first instant of the moment's own day, whether or not that day counts.
    pub midnight: Moment,
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
    let time = TenantTime::read(request.tenant, model, request.as_of)?;
    let from = time.clocks.iter().map(|clock| clock.ago(DEPTH_DAYS)).min();
    let from = from.unwrap_or(request.as_of);
    let midnight = time.zone.day_start(time.zone.day_of(request.as_of));
    let mut accounts = read_accounts(request)?;
    read_first_rows(request, from, &mut accounts)?;
    let mut yardstick = time.yardstick(model);
    let mut names = FeatureNames::new(&model.feature_aliases);
    let reading = (&mut names, &time.zone);
    read_usage(request, from, &mut accounts, &yardstick, reading)?;
    read_earlier_seats(request, from, &mut accounts)?;
    read_earlier_weeks(request, time.zone.name(), &mut accounts, &yardstick)?;
    find_unused_kinds(request, &time.zone, &mut accounts, &yardstick)?;
    let (norms, norms_source) = norms_for(request, model, &accounts, &mut names)?;
    yardstick.norms = match model.key_features.as_slice() {
        [] => norms,
        key => Norms {
            catalogue: key.iter().filter_map(|name| names.number(name)).collect(),
            ..norms
        },
    };
    Ok(GatheredEvidence {
        accounts,
        yardstick,
        midnight,
        norms_source,
        names,
    })
}

const FIRST_ROWS: AccountQuery = account_query!("sql/first_rows.sql");

/// Notes the first row of each account and kind, and the last one with a quantity where it is from before `from`.
fn read_first_rows(
    request: &EvidenceRequest<'_>,
    from: Moment,
    accounts: &mut [AccountEvidence],
) -> Result<(), Fault> {
    let positions = positions_by_id(accounts);
    let kinds = kinds_by_oid()?;
    let (planning, query) = FIRST_ROWS.of(request.only);
    stream(
        planning,
        query,
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

/// Reads the rows of the accounts asked for, from a moment on; tickets from the first one.
fn read_usage(
    request: &EvidenceRequest<'_>,
    from: Moment,
    accounts: &mut [AccountEvidence],
    yardstick: &Yardstick,
    reading: (&mut FeatureNames, &PgZone),
) -> Result<(), Fault> {
    let positions = positions_by_id(accounts);
    let mut groups = RowGroups::new(accounts.len());
    let mut each = |account, row: UsageRow<'_>| {
        if let Some(position) = positions.get(&account) {
            groups.add(*position, &row, accounts, &yardstick.clocks);
        }
    };
    let mut arguments = vec![
        Argument::new(request.tenant),
        Argument::new(to_timestamp(request.known_until)?),
        Argument::new(to_timestamp(from)?),
    ];
    let (planning, query) = match request.only {
        None => (Planning::EachTime, UsageQuery::OF_ALL),
        Some(only) => {
            arguments.push(Argument::new(only.to_vec()));
            (Planning::of_rows(only.len()), UsageQuery::OF_SOME)
        }
    };
    stream_usage_rows((planning, query), &arguments, reading, &mut each)?;
    groups.take_in(accounts, &yardstick.clocks);
    Ok(())
}
