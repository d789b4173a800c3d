//! Owns the sentences about a whole score and its components; those of the parts are beside their formulas. Pure.

use crate::health::score::calendar::Skip;
use crate::health::score::clock::{Clock, DAY, DEPTH_DAYS, Moment};
use crate::health::score::metric::KINDS;
use crate::health::score::overall::Score;
use crate::health::score::parts::Component;
use crate::health::score::sentence::day;
use crate::health::score::yardstick::Yardstick;
use std::fmt::Write;

/// This many names are enough for a sentence.
const MOST_NAMES: usize = 8;

/// How a score came about.
pub fn describe_score(score: &Score) -> String {
    let known = score.components.iter().filter(|it| it.score.is_some());
    let names = known.map(|it| it.name).collect::<Vec<_>>();
    match score.raw {
        None => "no data yet".to_owned(),
        Some(raw) => format!(
            "{raw} from {}; confidence {}{}",
            names.join(", "),
            score.confidence.label(),
            if score.is_stale {
                "; a feed is out, its parts are measured from its last row"
            } else {
                ""
            }
        ),
    }
}

/// How the score of a component came about.
pub fn describe_component(component: &Component) -> String {
    match (component.score, &component.limit) {
        (None, _) => "left out: its weight goes to the others".to_owned(),
        (Some(_), Some((most, why))) if component.is_held() => format!("limited to {most}: {why}"),
        (Some(score), _) => format!("{score}, the weighted mean of its parts"),
    }
}

/// Which days of the window and its baseline did not count.
pub fn describe_skips(yardstick: &Yardstick) -> String {
    describe_skips_from(yardstick, |clock| clock.ago(DEPTH_DAYS))
}

/// Which days since a moment did not count.
pub fn describe_skips_since(yardstick: &Yardstick, since: Moment) -> String {
    describe_skips_from(yardstick, |_| since)
}

fn describe_skips_from(yardstick: &Yardstick, from: impl Fn(&Clock) -> Moment) -> String {
    let list = |clock: &Clock| {
        let skips = clock.calendar().skips_between(from(clock), clock.moment());
        let days = |it: &Skip| format!("{} to {}", day(it.first * DAY), day((it.next - 1) * DAY));
        skips.map(days).collect::<Vec<_>>().join(", ")
    };
    let quiet = list(&yardstick.account_clock);
    let mut sentence = match quiet.is_empty() {
        true => String::new(),
        false => format!("; quiet days do not count: {quiet}"),
    };
    for (kind, clock) in KINDS.iter().zip(&yardstick.clocks) {
        let days = list(clock);
        if clock.calendar() != yardstick.account_clock.calendar() && !days.is_empty() {
            let _ = write!(
                sentence,
                "; for {} these do not count, since the feed was out: {days}",
                kind.label()
            );
        }
    }
    sentence
}

/// Some names of features that are not used.
pub fn list_unused(features: &[&str]) -> String {
    let shown = &features[..features.len().min(MOST_NAMES)];
    match features.len() - shown.len() {
        0 => format!("; unused: {}", shown.join(", ")),
        more => format!("; unused: {} and {more} more", shown.join(", ")),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::parts::Part;

    #[test]
    fn a_component_says_what_holds_it_down() {
        let part = |score| Part::new("load", 50.0, |_| String::new()).scored(1.0, score);
        let component = |score| Component::new("support", vec![part(score)]);
        assert_eq!(
            describe_component(&component(70.0)),
            "70, the weighted mean of its parts"
        );
        let limited = component(70.0).limited(50, || "too quiet".to_owned());
        assert_eq!(describe_component(&limited), "limited to 50: too quiet");
        assert_eq!(
            describe_component(&Component::new("support", Vec::new())),
            "left out: its weight goes to the others"
        );
    }

    #[test]
    fn long_lists_of_unused_features_are_cut() {
        assert_eq!(list_unused(&["a", "b"]), "; unused: a, b");
        assert_eq!(
            list_unused(&["x"; 9]),
            "; unused: x, x, x, x, x, x, x, x and 1 more"
        );
    }
}
