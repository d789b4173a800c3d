//! Owns what is looked for once a day of the tenant: when it began, seen from day to day.

use super::Scope;
use crate::health::Moment;

/// The first instants of the days to look at, the one that the time begins with first: who was there then had not just come.
pub fn days_of(scope: &Scope<'_>) -> Vec<Moment> {
    let zone = &scope.history.settings(scope.since).zone;
    let first = crate::health::Zone::day_start(&**zone, scope.history.day_of(scope.since));
    let mut days = vec![first];
    days.extend(scope.history.day_starts(scope.since, scope.until));
    days
}

/// Finds what began on one of the days but the first: on which, until when it lasted, and what it was like then.
/// `found` says for a day whether it is so: what it is about, and what it is like.
pub fn find_begun<K: PartialEq, V>(
    days: &[Moment],
    end: Moment,
    found: impl Fn(usize) -> Option<(K, V)>,
    mut on_begun: impl FnMut(usize, Moment, V),
) {
    let mut under_way = None::<(usize, K, V)>;
    let mut ended = |it: Option<(usize, K, V)>, at: Moment| match it {
        Some((begin, _, values)) if begin > 0 => on_begun(begin, at, values),
        _ => (),
    };
    for (place, day) in days.iter().enumerate() {
        let next = found(place);
        let is_same = match (&under_way, &next) {
            (Some((_, key, _)), Some((next, _))) => key == next,
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            ended(under_way.take(), *day);
            under_way = next.map(|(key, values)| (place, key, values));
        }
    }
    ended(under_way, end);
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn what_is_there_on_the_first_day_did_not_begin() {
        let begun = |found: [Option<&'static str>; 6]| {
            let mut begun = Vec::new();
            let days = [0, 10, 20, 30, 40, 50];
            let at = |place: usize| found[place].map(|it| (it, it));
            find_begun(&days, 99, at, |begin, end, it| begun.push((begin, end, it)));
            begun
        };
        let (a, b) = (Some("a"), Some("b"));
        assert_eq!(begun([a, a, a, None, None, None]), []);
        assert_eq!(
            begun([None, a, a, None, a, a]),
            [(1, 30, "a"), (4, 99, "a")]
        );
        assert_eq!(begun([a, b, b, a, a, None]), [(1, 30, "b"), (3, 50, "a")]);
        assert_eq!(begun([None; 6]), []);
    }
}
