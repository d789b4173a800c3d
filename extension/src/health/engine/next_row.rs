//! Owns when a new row of health_scores is due, and what it says. Pure.

use crate::health::score::band::{Bands, Level, risk_of};
use crate::health::score::clock::Moment;

/// The current row of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct Current {
    /// What it shows.
    pub overall: i32,
    /// Before cap and override.
    pub raw: Option<i32>,
    /// Usage, engagement, support, adoption.
    pub components: [Option<i32>; 4],
    /// Label of its risk level.
    pub level: String,
    /// Label of its confidence.
    pub confidence: Option<String>,
    /// Whether a feed was out.
    pub is_stale: bool,
    /// Version of the model.
    pub version: Option<i32>,
    /// computed, imported or override.
    pub source: String,
    /// When it became current.
    pub created_at: Moment,
}

/// An account as it stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// Lost: its last score stays.
    pub is_churned: bool,
    /// Its current row.
    pub current: Option<Current>,
    /// The score that a person set, while it stands.
    pub overridden: Option<i32>,
}

/// What was computed for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Capped; `None`: no data.
    pub overall: Option<i32>,
    /// Before a cap.
    pub raw: Option<i32>,
    /// Usage, engagement, support, adoption.
    pub components: [Option<i32>; 4],
    /// Label of the confidence.
    pub confidence: &'static str,
    /// Whether a feed is out.
    pub is_stale: bool,
}

/// Under what circumstances.
#[derive(Debug, Clone, Copy)]
pub struct Circumstance {
    /// Bands in force.
    pub bands: Bands,
    /// Version in force.
    pub version: i32,
    /// Why one looks; kept as the row's cause unless something weightier changed.
    pub cause: &'static str,
    /// An imported score gives way.
    pub replaces_imported: bool,
    /// The last local midnight: a row from before it wants a heartbeat.
    pub midnight: Moment,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Nothing.
    Stay,
    /// A new row with this score, level and source, for this cause.
    Row {
        /// What it shows.
        overall: i32,
        /// Its band.
        level: Level,
        /// computed or override.
        source: &'static str,
        /// Why.
        cause: &'static str,
    },
    /// The current row again, in another band: the score stands, the bands have moved.
    Relevel(Level),
    /// The current row ends without another: an override ended and there is no data.
    End,
}

/// Decides. A score, level, model or override that changed makes a row, and so does a new day.
pub fn next(standing: &Standing, found: &Found, now: &Circumstance) -> Next {
    let current = standing.current.as_ref();
    let is_imported = current.is_some_and(|it| it.source == "imported");
    let is_frozen = standing.is_churned || (is_imported && !now.replaces_imported);
    if is_frozen && !(is_imported && !standing.is_churned && standing.overridden.is_some()) {
        return relevel(current, now);
    }
    let (overall, source) = match (standing.overridden, found.overall) {
        (Some(score), _) => (score, "override"),
        (None, Some(score)) => (score, "computed"),
        (None, None) if current.is_some_and(|it| it.source == "override") => return Next::End,
        (None, None) => return Next::Stay,
    };
    let level = risk_of(overall, now.bands);
    let row = |cause| Next::Row {
        overall,
        level,
        source,
        cause,
    };
    let Some(current) = current else {
        return row(now.cause);
    };
    let is_same = current.overall == overall
        && current.raw == found.raw
        && current.components == found.components
        && current.level == level.label()
        && current.is_stale == found.is_stale
        && current.confidence.as_deref() == Some(found.confidence);
    if (current.source == "override") != (source == "override") {
        row("override")
    } else if current.version != Some(now.version) && current.source != "imported" {
        row("model")
    } else if !is_same || current.source != source {
        row(now.cause)
    } else if current.created_at < now.midnight {
        row("heartbeat")
    } else {
        Next::Stay
    }
}

/// A score that stands is still judged by the bands in force.
fn relevel(current: Option<&Current>, now: &Circumstance) -> Next {
    let Some(current) = current else {
        return Next::Stay;
    };
    let level = risk_of(current.overall, now.bands);
    if now.cause != "model" || current.level == level.label() {
        return Next::Stay;
    }
    Next::Relevel(level)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn current(source: &str) -> Current {
        Current {
            overall: 60,
            raw: Some(60),
            components: [Some(60); 4],
            level: "At Risk".into(),
            confidence: Some("high".into()),
            is_stale: false,
            version: Some(1),
            source: source.into(),
            created_at: 1_000,
        }
    }

    fn standing(source: &str) -> Standing {
        Standing {
            current: Some(current(source)),
            ..Standing::default()
        }
    }

    fn found(overall: i32) -> Found {
        Found {
            overall: Some(overall),
            raw: Some(overall),
            components: [Some(overall); 4],
            confidence: "high",
            is_stale: false,
        }
    }

    const NOTHING: Found = Found {
        overall: None,
        raw: None,
        components: [None; 4],
        confidence: "low",
        is_stale: false,
    };

    fn now() -> Circumstance {
        Circumstance {
            bands: Bands::default(),
            version: 1,
            cause: "data",
            replaces_imported: false,
            midnight: 500,
        }
    }

    fn row(overall: i32, level: Level, source: &'static str, cause: &'static str) -> Next {
        Next::Row {
            overall,
            level,
            source,
            cause,
        }
    }

    #[test]
    fn a_first_score_and_a_changed_one_make_a_row() {
        let first = next(&Standing::default(), &found(60), &now());
        assert_eq!(first, row(60, Level::AtRisk, "computed", "data"));
        let changed = next(&standing("computed"), &found(30), &now());
        assert_eq!(changed, row(30, Level::Critical, "computed", "data"));
        assert_eq!(next(&Standing::default(), &NOTHING, &now()), Next::Stay);
    }

    #[test]
    fn the_same_score_makes_one_row_a_day() {
        assert_eq!(next(&standing("computed"), &found(60), &now()), Next::Stay);
        let tomorrow = Circumstance {
            midnight: 1_001,
            ..now()
        };
        let beat = next(&standing("computed"), &found(60), &tomorrow);
        assert_eq!(beat, row(60, Level::AtRisk, "computed", "heartbeat"));
    }

    #[test]
    fn a_feed_that_goes_out_makes_a_row_since_playbooks_ask_for_it() {
        let stale = Found {
            is_stale: true,
            ..found(60)
        };
        let told = next(&standing("computed"), &stale, &now());
        assert_eq!(told, row(60, Level::AtRisk, "computed", "data"));
    }

    #[test]
    fn a_new_model_makes_a_row_even_for_the_same_score() {
        let published = Circumstance {
            version: 2,
            cause: "model",
            ..now()
        };
        let same = next(&standing("computed"), &found(60), &published);
        assert_eq!(same, row(60, Level::AtRisk, "computed", "model"));
    }

    #[test]
    fn an_imported_score_stands_until_it_has_to_give_way() {
        assert_eq!(next(&standing("imported"), &found(30), &now()), Next::Stay);
        let asked = Circumstance {
            replaces_imported: true,
            ..now()
        };
        let computed = next(&standing("imported"), &found(60), &asked);
        assert_eq!(computed, row(60, Level::AtRisk, "computed", "data"));
    }

    #[test]
    fn what_stands_is_judged_by_new_bands() {
        let published = Circumstance {
            bands: Bands {
                healthy: 55,
                critical: 20,
            },
            version: 2,
            cause: "model",
            ..now()
        };
        let imported = next(&standing("imported"), &found(10), &published);
        assert_eq!(imported, Next::Relevel(Level::Healthy));
        let churned = Standing {
            is_churned: true,
            ..standing("computed")
        };
        let lost = next(&churned, &found(10), &published);
        assert_eq!(lost, Next::Relevel(Level::Healthy));
        assert_eq!(next(&churned, &found(10), &now()), Next::Stay);
    }

    #[test]
    fn an_override_shows_and_goes() {
        let set = Standing {
            overridden: Some(90),
            ..standing("computed")
        };
        let shown = next(&set, &found(60), &now());
        assert_eq!(shown, row(90, Level::Healthy, "override", "override"));
        let over_import = Standing {
            overridden: Some(90),
            ..standing("imported")
        };
        let shown = next(&over_import, &found(60), &now());
        assert_eq!(shown, row(90, Level::Healthy, "override", "override"));
        let ended = next(&standing("override"), &found(60), &now());
        assert_eq!(ended, row(60, Level::AtRisk, "computed", "override"));
        assert_eq!(next(&standing("override"), &NOTHING, &now()), Next::End);
    }
}
