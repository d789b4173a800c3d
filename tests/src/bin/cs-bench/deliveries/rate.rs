//! Times per thousand as deliveries a second, and the one that cannot be installed from a registry.

use std::fmt::Write as _;

use crate::measure::{Line, note};

/// What is known of pg_net 0.20, deliveries a second.
const PG_NET: f64 = 200.0;

/// The sentence.
pub fn of(lines: &[Line]) -> Line {
    let ratios = lines.iter().filter_map(|line| match line {
        Line::Ratio(ratio) => Some(ratio),
        _ => None,
    });
    let (mut ours, mut text) = (0.0, String::new());
    for ratio in ratios {
        let (_, name) = ratio.what.rsplit_once("against ").unwrap_or_default();
        ours = 1_000_000.0 / ratio.ours_ms;
        // Writing to a String does not fail.
        let _ = write!(text, "; {name} {:.0}", 1_000_000.0 / ratio.against_ms);
    }
    note(format!(
        "deliveries a second: ours {ours:.0}{text}; pg_net 0.20 is not in the registries, known of it are 196 to {PG_NET:.0}: \
         ours is {:.0} times as fast (reach 150)",
        ours / PG_NET
    ))
}
