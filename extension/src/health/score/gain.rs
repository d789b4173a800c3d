//! Owns which one thing would raise a score most: each part is put to 100 in turn and the score computed, within the limits
//! and the cap that hold it. Pure.

use super::formula::{round_half_up, weighted};
use super::parts::Component;

/// What would raise the score most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LargestGain {
    /// The cap holds it.
    Cap,
    /// A part, by the places of its component and of itself.
    Part(usize, usize),
}

/// The first of those that gain most; `None` where nothing gains anything. `cap` is the most that the score can be.
pub fn find_largest_gain(
    weights: &[f64; 4],
    components: &[Component; 4],
    raw: Option<i32>,
    cap: Option<i32>,
) -> Option<LargestGain> {
    let raw = raw?;
    if cap.is_some_and(|most| raw > most) {
        return Some(LargestGain::Cap);
    }
    let shown = |score: i32| cap.map_or(score, |most| score.min(most));
    let gain = |place: usize, part: usize| {
        let full = components[place].with_full_part(part)?;
        let scores = components
            .iter()
            .enumerate()
            .map(|(at, it)| match at == place {
                true => Some(full),
                false => it.score,
            });
        let scores = scores.map(|score| score.map(f64::from));
        let score = weighted(weights.iter().copied().zip(scores)).map(round_half_up)?;
        Some(shown(score) - shown(raw))
    };
    let mut best = (0, None);
    for (place, component) in components.iter().enumerate() {
        let known = component.parts.iter().enumerate();
        for (index, _) in known.filter(|(_, part)| part.score.is_some()) {
            let gain = gain(place, index).unwrap_or_default();
            if gain > best.0 {
                best = (gain, Some(LargestGain::Part(place, index)));
            }
        }
    }
    best.1
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::parts::Part;
    use proptest::prelude::*;

    const EVEN: [f64; 4] = [25.0; 4];

    fn part(weight: f64, score: Option<f64>) -> Part {
        let part = Part::new("part", weight, |_| String::new());
        match score {
            Some(score) => part.scored(score, score),
            None => part.absent("none"),
        }
    }

    fn component(parts: &[(f64, Option<f64>)]) -> Component {
        let parts = parts.iter().map(|(weight, score)| part(*weight, *score));
        Component::new("component", parts.collect())
    }

    fn raw(weights: &[f64; 4], components: &[Component; 4]) -> Option<i32> {
        let scores = components.iter().map(|it| it.score.map(f64::from));
        weighted(weights.iter().copied().zip(scores)).map(round_half_up)
    }

    fn largest(components: &[Component; 4], cap: Option<i32>) -> Option<LargestGain> {
        find_largest_gain(&EVEN, components, raw(&EVEN, components), cap)
    }

    fn full() -> Component {
        component(&[(100.0, Some(100.0))])
    }

    #[test]
    fn a_limit_leaves_no_gain_behind_it() {
        let lost = component(&[(50.0, Some(100.0)), (20.0, Some(0.0))]);
        let limited = lost.clone().limited(50, || "quiet".to_owned());
        let usage = component(&[(40.0, Some(90.0)), (60.0, Some(100.0))]);
        let all = |support| [usage.clone(), full(), support, full()];
        assert_eq!(largest(&all(lost), None), Some(LargestGain::Part(2, 1)));
        assert_eq!(largest(&all(limited), None), Some(LargestGain::Part(0, 0)));
    }

    #[test]
    fn a_cap_that_holds_the_score_is_what_gains() {
        let all = [component(&[(50.0, Some(60.0))]), full(), full(), full()];
        assert_eq!(largest(&all, Some(79)), Some(LargestGain::Cap));
        assert_eq!(largest(&all, Some(95)), Some(LargestGain::Part(0, 0)));
        // At the cap: nothing holds it down, and nothing raises it.
        assert_eq!(largest(&all, Some(90)), None);
    }

    #[test]
    fn of_equals_the_first_and_none_of_nothing() {
        let same = component(&[(50.0, Some(60.0)), (50.0, Some(60.0))]);
        assert_eq!(
            largest(&[full(), same.clone(), same, full()], None),
            Some(LargestGain::Part(1, 0))
        );
        assert_eq!(largest(&[full(), full(), full(), full()], None), None);
        let nothing = || component(&[(50.0, None)]);
        assert_eq!(
            largest(&[nothing(), nothing(), nothing(), nothing()], None),
            None
        );
    }

    fn any_component() -> impl Strategy<Value = Component> {
        let parts = proptest::collection::vec((1_u32..60, proptest::option::of(0_u32..=100)), 1..5);
        (parts, proptest::option::of(0_i32..100)).prop_map(|(parts, most)| {
            let parts = parts
                .into_iter()
                .map(|(weight, score)| (f64::from(weight), score.map(f64::from)));
            let component = component(&parts.collect::<Vec<_>>());
            match most {
                Some(most) => component.limited(most, || "limit".to_owned()),
                None => component,
            }
        })
    }

    proptest! {
        /// Computed again from the parts alone, in whole hundredths, without what the code above uses.
        #[test]
        fn no_part_gains_more(
            components in proptest::array::uniform4(any_component()),
            weights in proptest::array::uniform4(1_u32..50),
            cap in proptest::option::of(0_i32..=100),
        ) {
            let shown = |full: Option<(usize, usize)>| {
                let (mut sum, mut whole) = (0_i64, 0_i64);
                for (place, component) in components.iter().enumerate() {
                    let (mut points, mut weight) = (0_i64, 0_i64);
                    for (index, part) in component.parts.iter().enumerate() {
                        let Some(score) = part.score else { continue };
                        let score = if full == Some((place, index)) { 100 } else { score as i64 };
                        points += part.weight as i64 * score;
                        weight += part.weight as i64;
                    }
                    if weight == 0 {
                        continue;
                    }
                    let mut score = (2 * points + weight).div_euclid(2 * weight);
                    if let Some((most, _)) = &component.limit {
                        score = score.min(i64::from(*most));
                    }
                    sum += i64::from(weights[place]) * score;
                    whole += i64::from(weights[place]);
                }
                (whole > 0).then(|| (2 * sum + whole).div_euclid(2 * whole))
            };
            let weights = weights.map(f64::from);
            let raw = raw(&weights, &components);
            prop_assert_eq!(raw.map(i64::from), shown(None));
            let held = |score: i64| cap.map_or(score, |most| score.min(i64::from(most)));
            let gain = |place, index| shown(Some((place, index))).map(held).zip(shown(None).map(held)).map_or(0, |(to, from)| to - from);
            let all = components.iter().enumerate().flat_map(|(place, component)| {
                let known = component.parts.iter().enumerate().filter(|(_, part)| part.score.is_some());
                known.map(move |(index, _)| (place, index))
            });
            let gains = all.map(|(place, index)| (gain(place, index), (place, index))).collect::<Vec<_>>();
            let most = gains.iter().map(|(gain, _)| *gain).max().unwrap_or(0);
            let wanted = if shown(None).is_some_and(|raw| raw > held(raw)) {
                Some(LargestGain::Cap)
            } else if most <= 0 {
                None
            } else {
                gains.iter().find(|(gain, _)| *gain == most).map(|(_, (place, index))| LargestGain::Part(*place, *index))
            };
            prop_assert_eq!(find_largest_gain(&weights, &components, raw, cap), wanted);
        }
    }
}
