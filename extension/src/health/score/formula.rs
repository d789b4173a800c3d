//! Owns the arithmetic that the parts of a score share. Pure.

/// Below half by less than this is half: what is lost to binary fractions must not change a score.
const HALF_SLACK: f64 = 1e-9;

/// 0 at `a`, 100 at `b`, straight between; `a > b` means that lower is better.
pub fn lin(x: f64, a: f64, b: f64) -> f64 {
    100.0 * ((x - a) / (b - a)).clamp(0.0, 1.0)
}

/// Mean of what is there, by weight; the weights of what is missing go to the others.
pub fn weighted(scores: impl IntoIterator<Item = (f64, Option<f64>)>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for (weight, score) in scores {
        if let Some(score) = score {
            sum += weight * score;
            weights += weight;
        }
    }
    (weights > 0.0).then(|| sum / weights)
}

/// To the nearest whole number from 0 to 100, half up.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a score lies between 0 and 100"
)]
pub fn round_half_up(score: f64) -> i32 {
    (score + 0.5 + HALF_SLACK).floor().clamp(0.0, 100.0) as i32
}

/// The middle one, or the mean of the two in the middle; `None` of nothing.
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*values.get(middle.checked_sub(1)?)?, upper))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_line_is_clamped_at_both_ends_and_may_fall() {
        assert_eq!(
            [-1.0, 0.0, 5.0, 10.0, 11.0].map(|x| lin(x, 0.0, 10.0)),
            [0.0, 0.0, 50.0, 100.0, 100.0]
        );
        assert_eq!(
            [31.0, 30.0, 3.0, 0.0].map(|x| lin(x, 30.0, 3.0)),
            [0.0, 0.0, 100.0, 100.0]
        );
    }

    #[test]
    fn missing_weights_go_to_the_others() {
        assert_eq!(weighted([(40.0, Some(50.0)), (60.0, None)]), Some(50.0));
        assert_eq!(
            weighted([(25.0, Some(0.0)), (75.0, Some(100.0))]),
            Some(75.0)
        );
        assert_eq!(weighted([(25.0, None)]), None);
        assert_eq!(weighted([(0.0, Some(80.0))]), None);
    }

    #[test]
    fn half_goes_up_also_when_binary_fractions_hide_it() {
        assert_eq!(
            [12.4999, 12.5, 12.499_999_999_9].map(round_half_up),
            [12, 13, 13]
        );
        assert_eq!(
            [0.0, 100.0, -3.0, 250.0].map(round_half_up),
            [0, 100, 0, 100]
        );
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&mut []), None);
        assert_eq!(median(&mut [3.0]), Some(3.0));
        assert_eq!(median(&mut [9.0, 1.0]), Some(5.0));
        assert_eq!(median(&mut [9.0, 1.0, 2.0]), Some(2.0));
    }
}
