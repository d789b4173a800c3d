//! Owns the explanation of a score as SQL reads it: down to what was measured, with the override and the norms that
//! apply.

use super::explanation_row::{
    ExplanationRow, explain_components, explain_overall, mark_largest_gain,
};
use super::sentences::{describe_skips, list_unused};
use crate::health::engine::evidence_reader::GatheredEvidence;
use crate::health::engine::evidence_request::EvidenceRequest;
use crate::health::engine::norms::NormsSource;
use crate::health::engine::scored_account::{score_account, to_numeric};
use crate::health::model::versions;
use crate::health::moment::to_timestamp;
use crate::health::score::clock::Moment;
use crate::health::score::evidence::used;
use crate::health::score::gain::find_largest_gain;
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::{AnyNumeric, TimestampWithTimeZone};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

#[pg_extern(stable)]
fn explain_health(
    account_id: Uuid,
    as_of: default!(TimestampWithTimeZone, "now()"),
    quick: default!(bool, "false"),
) -> TableIterator<
    'static,
    (
        name!(component, &'static str),
        name!(part, Option<&'static str>),
        name!(raw_value, Option<AnyNumeric>),
        name!(window_from, Option<TimestampWithTimeZone>),
        name!(window_to, Option<TimestampWithTimeZone>),
        name!(target, Option<AnyNumeric>),
        name!(baseline, Option<AnyNumeric>),
        name!(score, Option<AnyNumeric>),
        name!(weight, Option<AnyNumeric>),
        name!(effective_weight, Option<AnyNumeric>),
        name!(points_lost, Option<AnyNumeric>),
        name!(row_count, Option<i32>),
        name!(null_reason, Option<String>),
        name!(largest_gain, bool),
        name!(metric, Option<&'static str>),
        name!(reading, String),
    ),
> {
    let _pinned = Pinned::enter();
    // Every answer is the same and as quick as it can be; pages still ask for a quick one.
    let _ = quick;
    let rows = explain_score(account_id, as_of.into_inner()).or_raise();
    let number = |value: Option<f64>| value.map(|it| to_numeric(it).or_raise());
    let at = |value: Option<Moment>| value.map(|it| to_timestamp(it).or_raise());
    TableIterator::new(
        rows.into_iter()
            .map(|row| {
                (
                    row.component,
                    row.part,
                    number(row.raw),
                    at(row.from),
                    at(row.to),
                    number(row.target),
                    number(row.baseline),
                    number(row.score),
                    number(row.weight),
                    number(row.effective),
                    number(row.points_lost()),
                    row.rows.and_then(|rows| i32::try_from(rows).ok()),
                    row.absent,
                    row.gains_most,
                    row.metric,
                    row.reading,
                )
            })
            .collect::<Vec<_>>(),
    )
}

fn explain_score(account: Uuid, as_of: Moment) -> Result<Vec<ExplanationRow>, Fault> {
    let tenant = require_visible_account(account)?;
    let _section = System::enter();
    let model = versions::in_force(tenant, None)?.model;
    let only = [account];
    let request = EvidenceRequest::as_of(tenant, Some(&only), as_of);
    let (scored, gathered) = score_account(&request, &model)?;
    let (score, components) = (&scored.score, &scored.score.components);
    let mut rows = explain_overall(&scored);
    for row in rows.iter_mut().take(1) {
        row.reading += &describe_skips(&gathered.yardstick);
    }
    rows.extend(explain_override(tenant, account, as_of)?);
    rows.extend(explain_components(&model.weights, components));
    let most = scored.cap.as_ref().map(|(most, _)| *most);
    let gain = find_largest_gain(&model.weights, components, score.raw, most);
    mark_largest_gain(&mut rows, gain, components);
    describe_norms(&mut rows, &gathered)?;
    Ok(rows)
}

fn explain_override(
    tenant: Uuid,
    account: Uuid,
    as_of: Moment,
) -> Result<Option<ExplanationRow>, Fault> {
    sql::first(
        include_str!("sql/override_at.sql"),
        &[tenant.into(), account.into(), to_timestamp(as_of)?.into()],
        |row| {
            Ok(ExplanationRow {
                component: "overall",
                part: Some("override"),
                score: Some(f64::from(row.need::<i32>("score")?)),
                reading: row.need("reason")?,
                ..ExplanationRow::default()
            })
        },
    )
}

/// Adds which features of the catalogue are not used, and when the norms were taken if that was earlier.
fn describe_norms(rows: &mut [ExplanationRow], gathered: &GatheredEvidence) -> Result<(), Fault> {
    let Some(account) = gathered.accounts.first() else {
        return Ok(());
    };
    let features = &account.evidence.features;
    let is_used = |number| {
        features
            .get(&number)
            .is_some_and(|bits| bits & used::WINDOW != 0)
    };
    let catalogue = &gathered.yardstick.norms.catalogue;
    let unused = gathered
        .names
        .names_of(|number| catalogue.contains(&number) && !is_used(number));
    let taken_at = match gathered.norms_source {
        NormsSource::Kept(at) => format!("; as of {}", to_timestamp(at)?.to_iso_string()),
        NormsSource::Moment(_) => String::new(),
    };
    for row in rows.iter_mut().filter(|row| row.component == "adoption") {
        match row.part {
            Some("breadth") if row.score.is_some() && !unused.is_empty() => {
                row.reading += &list_unused(&unused);
                row.reading += &taken_at;
            }
            Some("breadth" | "depth") if row.score.is_some() => row.reading += &taken_at,
            _ => {}
        }
    }
    Ok(())
}
