//! Owns when a new row of health_scores is due, and what it says. Pure.

use super::score_row::{AccountState, CurrentScore, ScoreCause, ScoreSource};
use crate::health::score::band::{Bands, RiskLevel};
use crate::health::score::clock::Moment;
use crate::health::score::overall::Confidence;

/// What was computed for an account.
#[derive(Debug, Clone, PartialEq)]
pub struct ComputedScore {
    /// Capped; `None`: no data.
    pub overall: Option<i32>,
    /// Before a cap.
    pub raw: Option<i32>,
    /// Usage, engagement, support, adoption.
    pub components: [Option<i32>; 4],
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Whether a feed is out.
    pub is_stale: bool,
}

/// What a decision depends on besides the account and its score.
#[derive(Debug, Clone, Copy)]
pub struct RowContext {
    /// Bands in force.
    pub bands: Bands,
    /// Version in force.
    pub version: i32,
    /// Why the score was computed: the row's cause, unless something weightier changed.
    pub cause: ScoreCause,
    /// Whether a computed score replaces an imported one.
    pub replaces_imported: bool,
    /// The last local midnight: a row from before it is followed by a heartbeat.
    pub midnight: Moment,
}

/// What happens to the current row of an account.
#[derive(Debug, Clone, PartialEq)]
pub enum NextRow {
    /// It stays.
    Unchanged,
    /// A new row follows it.
    Insert {
        /// What the new one shows.
        overall: i32,
        /// Its band.
        level: RiskLevel,
        /// Computed or override.
        source: ScoreSource,
        /// Why.
        cause: ScoreCause,
    },
    /// It is issued again in another band: the score is the same, the bands have moved.
    Reissue(RiskLevel),
    /// It ends without a new one: an override ended and there is no data.
    Close,
}

/// Decides. A score, level, model or override that changed makes a row, and so does a new day.
pub fn decide_next_row(
    state: &AccountState,
    computed: &ComputedScore,
    context: &RowContext,
) -> NextRow {
    let current = state.current.as_ref();
    let is_imported = current.is_some_and(|it| it.source == ScoreSource::Imported);
    let is_frozen = state.is_churned || (is_imported && !context.replaces_imported);
    let is_overridden = is_imported && !state.is_churned && state.override_score.is_some();
    if is_frozen && !is_overridden {
        return reissue_in_new_band(current, context);
    }
    let was_override = current.is_some_and(|it| it.source == ScoreSource::Override);
    let (overall, source) = match (state.override_score, computed.overall) {
        (Some(score), _) => (score, ScoreSource::Override),
        (None, Some(score)) => (score, ScoreSource::Computed),
        (None, None) if was_override => return NextRow::Close,
        (None, None) => return NextRow::Unchanged,
    };
    let level = RiskLevel::of(overall, context.bands);
    let insert = |cause| NextRow::Insert {
        overall,
        level,
        source,
        cause,
    };
    let Some(current) = current else {
        return insert(context.cause);
    };
    if was_override != (source == ScoreSource::Override) {
        insert(ScoreCause::Override)
    } else if current.version != Some(context.version) && !is_imported {
        insert(ScoreCause::Model)
    } else if !shows(current, overall, level, computed) || current.source != source {
        insert(context.cause)
    } else if current.created_at < context.midnight {
        insert(ScoreCause::Heartbeat)
    } else {
        NextRow::Unchanged
    }
}

/// Whether a row says the same as what was computed.
fn shows(current: &CurrentScore, overall: i32, level: RiskLevel, computed: &ComputedScore) -> bool {
    current.overall == overall
        && current.raw == computed.raw
        && current.components == computed.components
        && current.level == level
        && current.is_stale == computed.is_stale
        && current.confidence == Some(computed.confidence)
}

/// A score that stays is still measured against the bands in force.
fn reissue_in_new_band(current: Option<&CurrentScore>, context: &RowContext) -> NextRow {
    let Some(current) = current else {
        return NextRow::Unchanged;
    };
    let level = RiskLevel::of(current.overall, context.bands);
    if context.cause != ScoreCause::Model || current.level == level {
        return NextRow::Unchanged;
    }
    NextRow::Reissue(level)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn state(source: ScoreSource) -> AccountState {
        let current = CurrentScore {
            overall: 60,
            raw: Some(60),
            components: [Some(60); 4],
            level: RiskLevel::AtRisk,
            confidence: Some(Confidence::High),
            is_stale: false,
            version: Some(1),
            source,
            created_at: 1_000,
        };
        AccountState {
            current: Some(current),
            ..AccountState::default()
        }
    }

    fn computed(overall: i32) -> ComputedScore {
        ComputedScore {
            overall: Some(overall),
            raw: Some(overall),
            components: [Some(overall); 4],
            confidence: Confidence::High,
            is_stale: false,
        }
    }

    const NOTHING: ComputedScore = ComputedScore {
        overall: None,
        raw: None,
        components: [None; 4],
        confidence: Confidence::Low,
        is_stale: false,
    };

    fn context() -> RowContext {
        RowContext {
            bands: Bands::default(),
            version: 1,
            cause: ScoreCause::Data,
            replaces_imported: false,
            midnight: 500,
        }
    }

    fn insert(overall: i32, level: RiskLevel, source: ScoreSource, cause: ScoreCause) -> NextRow {
        NextRow::Insert {
            overall,
            level,
            source,
            cause,
        }
    }

    /// A computed score of 60 again, for this cause.
    fn same(cause: ScoreCause) -> NextRow {
        insert(60, RiskLevel::AtRisk, ScoreSource::Computed, cause)
    }

    /// A score of 90 that a person set.
    const OVERRIDE: NextRow = NextRow::Insert {
        overall: 90,
        level: RiskLevel::Healthy,
        source: ScoreSource::Override,
        cause: ScoreCause::Override,
    };

    #[test]
    fn a_first_score_and_a_changed_one_make_a_row() {
        let nothing_yet = AccountState::default();
        let first = decide_next_row(&nothing_yet, &computed(60), &context());
        assert_eq!(first, same(ScoreCause::Data));
        let changed = decide_next_row(&state(ScoreSource::Computed), &computed(30), &context());
        assert_eq!(
            changed,
            insert(
                30,
                RiskLevel::Critical,
                ScoreSource::Computed,
                ScoreCause::Data
            )
        );
        let none = decide_next_row(&nothing_yet, &NOTHING, &context());
        assert_eq!(none, NextRow::Unchanged);
    }

    #[test]
    fn the_same_score_makes_one_row_a_day() {
        let current = state(ScoreSource::Computed);
        let today = decide_next_row(&current, &computed(60), &context());
        assert_eq!(today, NextRow::Unchanged);
        let tomorrow = RowContext {
            midnight: 1_001,
            ..context()
        };
        let beat = decide_next_row(&current, &computed(60), &tomorrow);
        assert_eq!(beat, same(ScoreCause::Heartbeat));
    }

    #[test]
    fn a_feed_that_goes_out_makes_a_row_since_playbooks_ask_for_it() {
        let stale = ComputedScore {
            is_stale: true,
            ..computed(60)
        };
        let next = decide_next_row(&state(ScoreSource::Computed), &stale, &context());
        assert_eq!(next, same(ScoreCause::Data));
    }

    #[test]
    fn a_new_model_makes_a_row_even_for_the_same_score() {
        let published = RowContext {
            version: 2,
            cause: ScoreCause::Model,
            ..context()
        };
        let next = decide_next_row(&state(ScoreSource::Computed), &computed(60), &published);
        assert_eq!(next, same(ScoreCause::Model));
    }

    #[test]
    fn an_imported_score_stays_until_it_has_to_give_way() {
        let imported = state(ScoreSource::Imported);
        let kept = decide_next_row(&imported, &computed(30), &context());
        assert_eq!(kept, NextRow::Unchanged);
        let asked = RowContext {
            replaces_imported: true,
            ..context()
        };
        let replaced = decide_next_row(&imported, &computed(60), &asked);
        assert_eq!(replaced, same(ScoreCause::Data));
    }

    #[test]
    fn a_score_that_stays_is_measured_against_new_bands() {
        let published = RowContext {
            bands: Bands {
                healthy: 55,
                critical: 20,
            },
            version: 2,
            cause: ScoreCause::Model,
            ..context()
        };
        let healthy = NextRow::Reissue(RiskLevel::Healthy);
        let imported = decide_next_row(&state(ScoreSource::Imported), &computed(10), &published);
        assert_eq!(imported, healthy);
        let churned = AccountState {
            is_churned: true,
            ..state(ScoreSource::Computed)
        };
        let lost = decide_next_row(&churned, &computed(10), &published);
        assert_eq!(lost, healthy);
        let kept = decide_next_row(&churned, &computed(10), &context());
        assert_eq!(kept, NextRow::Unchanged);
    }

    #[test]
    fn an_override_shows_and_goes() {
        for source in [ScoreSource::Computed, ScoreSource::Imported] {
            let set = AccountState {
                override_score: Some(90),
                ..state(source)
            };
            let shown = decide_next_row(&set, &computed(60), &context());
            assert_eq!(shown, OVERRIDE);
        }
        let overridden = state(ScoreSource::Override);
        let ended = decide_next_row(&overridden, &computed(60), &context());
        assert_eq!(ended, same(ScoreCause::Override));
        let nothing = decide_next_row(&overridden, &NOTHING, &context());
        assert_eq!(nothing, NextRow::Close);
    }
}
