//! Owns the sentences of an explanation: what was measured and what would give 100, in a reader's words. Pure.

use crate::health::score::overall::Score;
use crate::health::score::parts::{Component, Part};

/// So many names are enough for a sentence.
const MOST_NAMES: usize = 8;

/// Of the whole score: how it comes about.
pub fn overall(score: &Score) -> String {
    let known = score.components.iter().filter(|it| it.score.is_some());
    let names = known.map(|it| it.name).collect::<Vec<_>>();
    match score.raw {
        None => "no data yet".to_owned(),
        Some(raw) => format!(
            "{raw} from {}; confidence {}{}",
            names.join(", "),
            score.confidence.label(),
            if score.is_stale {
                "; a feed is out, its parts are seen from its last row"
            } else {
                ""
            }
        ),
    }
}

/// Of a component.
pub fn component(component: &Component) -> String {
    match (component.score, component.limit) {
        (None, _) => "left out: its weight goes to the others".to_owned(),
        (Some(_), Some((most, why))) => format!("limited to {most}: {why}"),
        (Some(score), None) => format!("{score}, the mean of its parts by weight"),
    }
}

/// Of a part.
pub fn part(component: &str, part: &Part) -> String {
    if let Some(why) = part.absent {
        return why.to_owned();
    }
    if !part.details.is_empty() {
        return "the mean of what follows, by weight".to_owned();
    }
    let Some(raw) = part.raw else {
        return "not within the last 114 days".to_owned();
    };
    let (now, target) = (short(raw), short(part.target.unwrap_or_default()));
    let usual = short(part.baseline.unwrap_or_default());
    match (component, part.name) {
        ("usage", "level") => format!("{now} in 30 days; {target} give 100"),
        ("usage", "trend") => format!("{now} a week; usually {usual}, half of it gives 0"),
        ("usage" | "engagement", "recency") => {
            format!("{now} days ago; up to {target} give 100, 30 give 0")
        }
        ("engagement", "frequency") => format!("on {now} days of 30; {target} give 100"),
        ("engagement", _) => format!(
            "{} of {usual} seats signed in; {} give 100",
            percent(raw),
            percent(0.6)
        ),
        ("support", "load") => {
            format!("{now} points of tickets in 30 days; up to {target} give 100, 10 give 0")
        }
        ("support", "trend") => {
            format!("{now} points a week; usually {usual}, up to {target} give 100, twice it 0")
        }
        ("support", "open_urgent") => {
            format!("{now} urgent tickets open for over 48 hours; each takes 35")
        }
        ("support", _) => format!("satisfaction {now} of 5"),
        ("adoption", "breadth") => format!(
            "{} of {usual} features in use; {} give 100",
            percent(raw),
            percent(0.6)
        ),
        ("adoption", "stickiness") => format!(
            "{} in use in 3 of the last 4 weeks; {} give 100",
            percent(raw),
            percent(0.7)
        ),
        _ => format!("{now} uses a login; the usual {usual} gives 100"),
    }
}

/// Some names of what is not used.
pub fn unused(features: &[&str]) -> String {
    let shown = &features[..features.len().min(MOST_NAMES)];
    match features.len() - shown.len() {
        0 => format!("; unused: {}", shown.join(", ")),
        more => format!("; unused: {} and {more} more", shown.join(", ")),
    }
}

fn percent(share: f64) -> String {
    format!("{} %", short(share * 100.0))
}

/// With one decimal where there is any.
fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_part_is_told_in_a_sentence() {
        let load = Part::new("load", 50.0).target(2.0).scored(6.5, 43.75);
        assert_eq!(
            part("support", &load),
            "6.5 points of tickets in 30 days; up to 2 give 100, 10 give 0"
        );
        let breadth = Part::new("breadth", 30.0)
            .baseline(Some(120.0))
            .scored(0.25, 41.7);
        assert_eq!(
            part("engagement", &breadth),
            "25 % of 120 seats signed in; 60 % give 100"
        );
        assert_eq!(unused(&["a", "b"]), "; unused: a, b");
        assert_eq!(
            unused(&["x"; 9]),
            "; unused: x, x, x, x, x, x, x, x and 1 more"
        );
        let gone = Part::new("csat", 10.0).absent("no ticket of the window tells satisfaction");
        assert_eq!(
            part("support", &gone),
            "no ticket of the window tells satisfaction"
        );
    }
}
