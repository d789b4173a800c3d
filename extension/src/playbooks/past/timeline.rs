//! Owns a value over time, known by what it is now and what each change replaced. Pure.

use crate::health::Moment;

/// A value over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline<T> {
    now: T,
    /// When it changed, in order, and what it was until then.
    changes: Vec<(Moment, T)>,
}

impl<T> Timeline<T> {
    /// A value that has never changed.
    pub const fn unchanged(now: T) -> Self {
        Self {
            now,
            changes: Vec::new(),
        }
    }

    /// Adds a change that came after all others known so far, and what it replaced.
    pub fn replaced(&mut self, at: Moment, before: T) {
        self.changes.push((at, before));
    }

    /// The value at a moment; a change at that moment has been made.
    pub fn at(&self, moment: Moment) -> &T {
        let made = self.changes.partition_point(|(at, _)| *at <= moment);
        self.changes.get(made).map_or(&self.now, |(_, it)| it)
    }

    /// When it changed, in order.
    pub fn changes(&self) -> impl Iterator<Item = Moment> + '_ {
        self.changes.iter().map(|(at, _)| *at)
    }

    /// The values that held in turn between two moments, each with since when within them.
    pub fn between(&self, since: Moment, until: Moment) -> impl Iterator<Item = (Moment, &T)> {
        let changed = self.changes.iter().map(|(at, _)| *at);
        let changed = changed.filter(move |at| (since + 1..until).contains(at));
        std::iter::once(since)
            .chain(changed)
            .map(|at| (at, self.at(at)))
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn what_a_change_replaced_held_until_it() {
        let mut story = Timeline::unchanged("c");
        assert_eq!(*story.at(0), "c");
        story.replaced(10, "a");
        story.replaced(20, "b");
        let shown = [9, 10, 19, 20, 99].map(|at| *story.at(at));
        assert_eq!(shown, ["a", "b", "b", "c", "c"]);
    }

    #[test]
    fn of_changes_at_one_moment_the_last_counts() {
        let mut story = Timeline::unchanged(3);
        story.replaced(10, 1);
        story.replaced(10, 2);
        assert_eq!((*story.at(9), *story.at(10)), (1, 3));
    }

    #[test]
    fn a_stretch_of_it_begins_with_what_held_before() {
        let mut story = Timeline::unchanged("c");
        story.replaced(10, "a");
        story.replaced(20, "b");
        let all = |since, until| story.between(since, until).collect::<Vec<_>>();
        assert_eq!(all(5, 20), [(5, &"a"), (10, &"b")]);
        assert_eq!(all(10, 30), [(10, &"b"), (20, &"c")]);
        assert_eq!(all(25, 30), [(25, &"c")]);
    }
}
