//! Owns new rows of health_scores as columns, so that one statement inserts them all.

use super::next_row::NextRow;
use super::plan_rows::PlannedRow;
use super::scored_account::ScoredAccount;
use crate::health::model::definition::to_json_number;
use crate::health::moment::to_timestamp;
use crate::health::score::clock::Moment;
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use serde_json::{Map, Value, json};

/// Rows to insert, column by column.
#[derive(Default)]
pub struct ScoreColumns {
    accounts: Vec<Uuid>,
    previous_at: Vec<Option<TimestampWithTimeZone>>,
    previous: Vec<Option<i32>>,
    overall: Vec<i32>,
    raw: Vec<Option<i32>>,
    components: [Vec<Option<i32>>; 4],
    level: Vec<&'static str>,
    coverage: Vec<f64>,
    confidence: Vec<&'static str>,
    source: Vec<&'static str>,
    cause: Vec<&'static str>,
    is_stale: Vec<bool>,
    inputs: Vec<String>,
}

impl ScoreColumns {
    /// Of the rows that are planned to be inserted; others are passed by.
    pub fn of(planned: &[PlannedRow<'_>]) -> Result<Self, Fault> {
        let mut columns = Self::default();
        planned.iter().try_for_each(|it| columns.push(it))?;
        Ok(columns)
    }

    fn push(&mut self, planned: &PlannedRow<'_>) -> Result<(), Fault> {
        let NextRow::Insert {
            overall,
            level,
            source,
            cause,
        } = planned.next
        else {
            return Ok(());
        };
        let (scored, current) = (planned.scored, planned.current.as_ref());
        self.accounts.push(scored.account);
        self.previous_at
            .push(current.map(|it| to_timestamp(it.created_at)).transpose()?);
        self.previous.push(current.map(|it| it.overall));
        self.overall.push(overall);
        self.raw.push(scored.score.raw);
        for (column, component) in self.components.iter_mut().zip(&scored.score.components) {
            column.push(component.score);
        }
        self.level.push(level.label());
        self.coverage.push(scored.score.coverage);
        self.confidence.push(scored.score.confidence.label());
        self.source.push(source.label());
        self.cause.push(cause.label());
        self.is_stale.push(scored.score.is_stale);
        self.inputs.push(describe_inputs(scored).to_string());
        Ok(())
    }

    /// How many rows there are.
    pub const fn count(&self) -> usize {
        self.accounts.len()
    }

    /// Inserts them, computed by this version of the model; `created_at` is now where it is `None`.
    pub fn insert(
        self,
        tenant: Uuid,
        version: i32,
        created_at: Option<Moment>,
    ) -> Result<(), Fault> {
        let [usage, engagement, support, adoption] = self.components;
        planned::run(
            Planning::of_rows(self.accounts.len()),
            include_str!("sql/insert_scores.sql"),
            &[
                tenant.into(),
                created_at.map(to_timestamp).transpose()?.into(),
                version.into(),
                self.accounts.into(),
                self.previous_at.into(),
                self.previous.into(),
                self.overall.into(),
                self.raw.into(),
                usage.into(),
                engagement.into(),
                support.into(),
                adoption.into(),
                self.level.into(),
                self.coverage.into(),
                self.confidence.into(),
                self.source.into(),
                self.cause.into(),
                self.is_stale.into(),
                self.inputs.into(),
            ],
        )
    }
}

/// What `health_scores.inputs` keeps: the score of each part, to a tenth, what else caps can ask about, and the cap that
/// holds the score.
fn describe_inputs(scored: &ScoredAccount) -> Value {
    let mut inputs = Map::new();
    for component in &scored.score.components {
        let parts = component.parts.iter();
        let scores = parts
            .filter_map(|part| Some((part.name.to_owned(), to_a_tenth(part.score?))))
            .collect::<Map<_, _>>();
        if !scores.is_empty() {
            inputs.insert(component.name.to_owned(), scores.into());
        }
    }
    let facts = scored.score.facts.named().into_iter();
    inputs
        .extend(facts.filter_map(|(name, value)| Some((name.to_owned(), to_json_number(value?)))));
    if let Some((most, reason)) = scored.holding_cap() {
        inputs.insert("cap".to_owned(), json!({ "max": most, "reason": reason }));
    }
    inputs.into()
}

fn to_a_tenth(score: f64) -> Value {
    json!((score * 10.0).round() / 10.0)
}
