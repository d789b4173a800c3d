//! Owns recency, a part of usage and of engagement: how long ago was the last time? Pure.

use crate::health::score::clock::Moment;
use crate::health::score::formula::lin;
use crate::health::score::parts::Part;
use crate::health::score::sentence::short;

/// Days ago that give 100, and that give 0.
const FRESH: f64 = 3.0;
const GONE: f64 = 30.0;

/// A part called recency.
pub const fn recency(weight: f64) -> Part {
    Part::new("recency", weight, sentence)
}

/// Scores the last row: how many days ago it was, when, and from when that is counted; `None` where there is none with a
/// quantity.
pub fn score_recency(part: Part, last: Option<(f64, Moment, Moment)>) -> Part {
    let part = part.target(FRESH);
    match last {
        // A window holds its end and not its beginning.
        Some((days, at, now)) => part
            .over(at.saturating_sub(1), now)
            .rows(1)
            .scored(days, lin(days, GONE, FRESH)),
        None => part.unmeasured(0.0),
    }
}

fn sentence(part: &Part) -> String {
    match part.raw {
        Some(days) => format!(
            "{} days ago; up to {} give 100, {} give 0",
            short(days),
            short(FRESH),
            short(GONE)
        ),
        None => "never used".to_owned(),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn the_last_time_is_read_in_a_sentence() {
        let part = score_recency(recency(20.0), Some((12.5, 5, 9)));
        assert_eq!(part.reading(), "12.5 days ago; up to 3 give 100, 30 give 0");
        let part = score_recency(recency(20.0), None);
        assert_eq!(part.reading(), "never used");
        assert_eq!(part.score, Some(0.0));
    }
}
