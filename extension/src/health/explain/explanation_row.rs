//! Owns the rows of an explanation: one per component, part and kind of usage, with its share in the whole. Pure.

use super::sentences::{describe_component, describe_score};
use crate::health::engine::scored_account::ScoredAccount;
use crate::health::score::clock::Moment;
use crate::health::score::gain::LargestGain;
use crate::health::score::parts::{Component, Part};

/// A row of the explanation.
#[derive(Default)]
pub struct ExplanationRow {
    /// Name of the component, or overall.
    pub component: &'static str,
    /// Name of the part; `None` for the component itself.
    pub part: Option<&'static str>,
    /// What was measured.
    pub raw: Option<f64>,
    /// Measured after this moment ...
    pub from: Option<Moment>,
    /// ... and up to this.
    pub to: Option<Moment>,
    /// What gives 100.
    pub target: Option<f64>,
    /// What it is compared with.
    pub baseline: Option<f64>,
    /// 0 to 100.
    pub score: Option<f64>,
    /// Weight among its siblings.
    pub weight: Option<f64>,
    /// Share of the overall score, in percent.
    pub effective: Option<f64>,
    /// The number of usage rows it was measured from.
    pub rows: Option<u32>,
    /// Why there is no score.
    pub absent: Option<String>,
    /// Whether no other part would raise the score more.
    pub gains_most: bool,
    /// The kind of usage, where a part is made of several.
    pub metric: Option<&'static str>,
    /// All of it in a sentence.
    pub reading: String,
}

impl ExplanationRow {
    /// What the score would gain if this were 100.
    pub fn points_lost(&self) -> Option<f64> {
        Some(self.effective? * (100.0 - self.score?) / 100.0)
    }
}

/// The score itself, and the cap if one applies.
pub fn explain_overall(scored: &ScoredAccount) -> Vec<ExplanationRow> {
    let shown = scored.overall.map(f64::from);
    let raw = scored.score.raw.map(f64::from);
    let mut rows = vec![ExplanationRow {
        component: "overall",
        raw,
        score: shown,
        weight: Some(100.0),
        effective: shown.map(|_| 100.0),
        absent: raw.is_none().then(|| "no data".to_owned()),
        reading: describe_score(&scored.score),
        ..ExplanationRow::default()
    }];
    if let Some((most, reason)) = &scored.cap {
        rows.push(ExplanationRow {
            component: "overall",
            part: Some("cap"),
            raw,
            target: Some(f64::from(*most)),
            score: shown,
            reading: reason.clone(),
            ..ExplanationRow::default()
        });
    }
    rows
}

/// The components with these weights, their parts, and what those are made of.
pub fn explain_components(weights: &[f64; 4], components: &[Component; 4]) -> Vec<ExplanationRow> {
    // Without an overall score no component has a share in it.
    let known = weights
        .iter()
        .zip(components)
        .filter(|(_, component)| component.score.is_some())
        .map(|(weight, _)| *weight)
        .sum::<f64>();
    let known = (known > 0.0).then_some(known);
    let mut rows = Vec::new();
    for (weight, component) in weights.iter().zip(components) {
        let effective = component
            .score
            .and(known)
            .map(|known| 100.0 * weight / known);
        rows.push(component_row(component, *weight, effective));
        for (part, share) in shares(&component.parts, effective) {
            rows.push(part_row(component.name, part, share));
            for (detail, share) in shares(&part.details, share) {
                rows.push(part_row(component.name, detail, share));
            }
        }
    }
    rows
}

fn component_row(component: &Component, weight: f64, effective: Option<f64>) -> ExplanationRow {
    let is_absent = component.score.is_none();
    ExplanationRow {
        component: component.name,
        score: component.score.map(f64::from),
        weight: Some(weight),
        effective,
        absent: is_absent.then(|| "none of its parts has data".to_owned()),
        reading: describe_component(component),
        ..ExplanationRow::default()
    }
}

/// Siblings with their shares of `whole`; one without a score has none.
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

fn part_row(component: &'static str, part: &Part, share: Option<f64>) -> ExplanationRow {
    ExplanationRow {
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
        absent: part.absent.as_deref().map(str::to_owned),
        gains_most: false,
        metric: part.metric,
        reading: part.reading(),
    }
}

/// Marks what would raise the score most.
pub fn mark_largest_gain(
    rows: &mut [ExplanationRow],
    gain: Option<LargestGain>,
    components: &[Component; 4],
) {
    let (component, part) = match gain {
        None => return,
        Some(LargestGain::Cap) => ("overall", "cap"),
        Some(LargestGain::Part(place, index)) => {
            (components[place].name, components[place].parts[index].name)
        }
    };
    let is_it = |row: &&mut ExplanationRow| {
        row.component == component && row.part == Some(part) && row.metric.is_none()
    };
    if let Some(row) = rows.iter_mut().find(is_it) {
        row.gains_most = true;
    }
}
