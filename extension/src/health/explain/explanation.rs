//! Owns the explanation of a score: one row per component, part and kind of usage, down to what was measured, and which
//! part would gain most.

use super::sentences;
use crate::health::engine::compute::{Judged, compute_one, numeric};
use crate::health::engine::gather::Gathered;
use crate::health::engine::norms;
use crate::health::model::versions;
use crate::health::moment::moment;
use crate::health::score::clock::Moment;
use crate::health::score::evidence::used;
use crate::health::score::parts::{Component, Part};
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::{AnyNumeric, TimestampWithTimeZone};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// A row of the explanation.
#[derive(Default)]
struct Line {
    component: &'static str,
    part: Option<&'static str>,
    raw: Option<f64>,
    from: Option<Moment>,
    to: Option<Moment>,
    target: Option<f64>,
    baseline: Option<f64>,
    score: Option<f64>,
    weight: Option<f64>,
    effective: Option<f64>,
    rows: Option<u32>,
    absent: Option<&'static str>,
    gains_most: bool,
    metric: Option<&'static str>,
    reading: String,
}

impl Line {
    /// What the score would gain if this were 100.
    fn lost(&self) -> Option<f64> {
        Some(self.effective? * (100.0 - self.score?) / 100.0)
    }
}

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
        name!(null_reason, Option<&'static str>),
        name!(largest_gain, bool),
        name!(metric, Option<&'static str>),
        name!(reading, String),
    ),
> {
    let _pinned = Pinned::enter();
    let lines = explain(account_id, as_of.into_inner(), quick).or_raise();
    let number = |value: Option<f64>| value.map(|it| numeric(it).or_raise());
    let at = |value: Option<Moment>| value.map(|it| moment(it).or_raise());
    TableIterator::new(
        lines
            .into_iter()
            .map(|line| {
                (
                    line.component,
                    line.part,
                    number(line.raw),
                    at(line.from),
                    at(line.to),
                    number(line.target),
                    number(line.baseline),
                    number(line.score),
                    number(line.weight),
                    number(line.effective),
                    number(line.lost()),
                    line.rows.and_then(|rows| i32::try_from(rows).ok()),
                    line.absent,
                    line.gains_most,
                    line.metric,
                    line.reading,
                )
            })
            .collect::<Vec<_>>(),
    )
}

fn explain(account: Uuid, as_of: Moment, quick: bool) -> Result<Vec<Line>, Fault> {
    let tenant = require_visible_account(account)?;
    let _section = System::enter();
    let model = versions::in_force(tenant, None)?.model;
    let norm_rows = if quick { norms::FAIR } else { norms::LARGE };
    let (judged, gathered) = compute_one((tenant, account), (as_of, as_of), norm_rows, &model)?;
    let mut lines = overall(&judged);
    if let Some((score, reason)) = overridden(tenant, account, as_of)? {
        lines.push(Line {
            component: "overall",
            part: Some("override"),
            score: Some(f64::from(score)),
            reading: reason,
            ..Line::default()
        });
    }
    // Without an overall score no component has a share in it.
    let known = model
        .weights
        .iter()
        .zip(&judged.score.components)
        .filter(|(_, component)| component.score.is_some())
        .map(|(weight, _)| *weight)
        .sum::<f64>();
    let known = (known > 0.0).then_some(known);
    for (weight, component) in model.weights.iter().zip(&judged.score.components) {
        lines.extend(of_component(component, *weight, known));
    }
    mark_largest_gain(&mut lines);
    tell_of_norms(&mut lines, &gathered)?;
    Ok(lines)
}

/// Which features of the catalogue are not used, and from when the norms are if they are not of the moment itself.
fn tell_of_norms(lines: &mut [Line], gathered: &Gathered) -> Result<(), Fault> {
    let Some(subject) = gathered.subjects.first() else {
        return Ok(());
    };
    let features = &subject.evidence.features;
    let is_used = |number| {
        features
            .get(&number)
            .is_some_and(|bits| bits & used::WINDOW != 0)
    };
    let catalogue = &gathered.yardstick.norms.catalogue;
    let unused = gathered
        .names
        .of(|number| catalogue.contains(&number) && !is_used(number));
    let taken_at = match gathered.norms_at {
        Some(at) => format!("; as of {}", moment(at)?.to_iso_string()),
        None => String::new(),
    };
    for line in lines.iter_mut().filter(|line| line.component == "adoption") {
        match line.part {
            Some("breadth") if line.score.is_some() && !unused.is_empty() => {
                line.reading += &sentences::unused(&unused);
                line.reading += &taken_at;
            }
            Some("breadth" | "depth") if line.score.is_some() => line.reading += &taken_at,
            _ => {}
        }
    }
    Ok(())
}

/// The score itself, and the cap if one applies.
fn overall(judged: &Judged) -> Vec<Line> {
    let shown = judged.overall.map(f64::from);
    let raw = judged.score.raw.map(f64::from);
    let mut lines = vec![Line {
        component: "overall",
        raw,
        score: shown,
        weight: Some(100.0),
        effective: shown.map(|_| 100.0),
        absent: raw.is_none().then_some("no data"),
        reading: sentences::overall(&judged.score),
        ..Line::default()
    }];
    if let Some((most, reason)) = &judged.cap {
        lines.push(Line {
            component: "overall",
            part: Some("cap"),
            raw,
            target: Some(f64::from(*most)),
            score: shown,
            reading: reason.clone(),
            ..Line::default()
        });
    }
    lines
}

fn overridden(tenant: Uuid, account: Uuid, as_of: Moment) -> Result<Option<(i32, String)>, Fault> {
    let rows = sql::first(
        include_str!("sql/override_at.sql"),
        &[tenant.into(), account.into(), moment(as_of)?.into()],
        |row| Ok((row.need("score")?, row.need("reason")?)),
    )?;
    Ok(rows)
}

/// A component, its parts, and what they are made of. Effective weights are shares of the overall score, in percent.
fn of_component(component: &Component, weight: f64, known: Option<f64>) -> Vec<Line> {
    let effective = component
        .score
        .and(known)
        .map(|known| 100.0 * weight / known);
    let mut lines = vec![Line {
        component: component.name,
        score: component.score.map(f64::from),
        weight: Some(weight),
        effective,
        absent: component
            .score
            .is_none()
            .then_some("none of its parts has data"),
        reading: sentences::component(component),
        ..Line::default()
    }];
    for (part, share) in shares(&component.parts, effective) {
        lines.push(of_part(component.name, part, share));
        for (detail, share) in shares(&part.details, share) {
            lines.push(of_part(component.name, detail, share));
        }
    }
    lines
}

/// Siblings with their shares of `whole`; what has no score has none.
fn shares(siblings: &[Part], whole: Option<f64>) -> impl Iterator<Item = (&Part, Option<f64>)> {
    let known = siblings
        .iter()
        .filter(|part| part.score.is_some())
        .map(|part| part.weight)
        .sum::<f64>();
    siblings.iter().map(move |part| {
        let share = part
            .score
            .and(whole)
            .map(|whole| whole * part.weight / known);
        (part, share)
    })
}

fn of_part(component: &'static str, part: &Part, share: Option<f64>) -> Line {
    Line {
        component,
        part: Some(part.name),
        raw: part.raw,
        from: part.from,
        to: part.to,
        target: part.target,
        baseline: part.baseline,
        score: part.score,
        weight: Some(part.weight),
        effective: share,
        rows: Some(part.rows),
        absent: part.absent,
        gains_most: false,
        metric: part.metric,
        reading: sentences::part(component, part),
    }
}

/// The first of the parts that lose most.
fn mark_largest_gain(lines: &mut [Line]) {
    let is_part = |line: &Line| line.part.is_some() && line.metric.is_none();
    let most = lines
        .iter()
        .filter(|line| is_part(line))
        .filter_map(Line::lost)
        .fold(0.0, f64::max);
    let largest = lines
        .iter_mut()
        .find(|line| is_part(line) && most > 0.0 && line.lost() == Some(most));
    if let Some(line) = largest {
        line.gains_most = true;
    }
}
