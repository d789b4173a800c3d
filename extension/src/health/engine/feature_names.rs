//! Owns the numbers that stand for features while scores are computed. A name is compared without case and without what
//! stands invisibly around it, stands for its alias, and is shown as it was last told. Pure.

use crate::health::score::metric::Stamp;
use cs_text::fold_name;
use std::collections::HashMap;

/// The number of each feature, given in the order in which names turn up.
#[derive(Debug, Default)]
pub struct FeatureNames {
    /// A folded name and what stands for it.
    aliases: HashMap<String, String>,
    /// By folded name.
    numbers: HashMap<String, u32>,
    /// What was found out of a name as it was told; `None` is no name.
    told: HashMap<String, Option<ToldName>>,
    /// How each number is shown, and when that was told.
    shown: Vec<(String, Option<Stamp>)>,
}

/// A name as it was told.
#[derive(Debug, Clone, Copy)]
struct ToldName {
    number: u32,
    /// An old name, which is not shown.
    is_alias: bool,
}

impl FeatureNames {
    /// Where the first name of each pair stands for the second.
    pub fn new(aliases: &[(String, String)]) -> Self {
        let folded =
            |(old, new): &(String, String)| Some((fold_name(old)?.into_owned(), new.clone()));
        Self {
            aliases: aliases.iter().filter_map(folded).collect(),
            ..Self::default()
        }
    }

    /// The number of a name that no row tells; `None` where it is blank.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        self.find(name).map(|it| it.number)
    }

    /// The number of a name that a row tells; `None` where it is blank.
    pub fn told_number(&mut self, name: &str, stamp: Stamp) -> Option<u32> {
        let told = self.find(name)?;
        let (shown, shown_at) = self.shown.get_mut(usize::try_from(told.number).ok()?)?;
        if !told.is_alias && shown_at.is_none_or(|at| stamp > at) {
            *shown_at = Some(stamp);
            if shown != name {
                name.clone_into(shown);
            }
        }
        Some(told.number)
    }

    fn find(&mut self, name: &str) -> Option<ToldName> {
        if let Some(told) = self.told.get(name) {
            return *told;
        }
        let told = self.read(name);
        self.told.insert(name.to_owned(), told);
        told
    }

    fn read(&mut self, name: &str) -> Option<ToldName> {
        let folded = fold_name(name)?.into_owned();
        let new = self.aliases.get(&folded).cloned();
        let (folded, shown, is_alias) = match new {
            Some(new) => (fold_name(&new)?.into_owned(), new, true),
            None => (folded, name.to_owned(), false),
        };
        let next = u32::try_from(self.shown.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(folded).or_insert(next);
        if number == next {
            self.shown.push((shown, None));
        }
        Some(ToldName { number, is_alias })
    }

    /// The names of the numbers that are wanted, in alphabetical order.
    pub fn names_of<'a>(&'a self, wanted: impl Fn(u32) -> bool + 'a) -> Vec<&'a str> {
        let numbered = (0..).zip(&self.shown);
        let mut names = numbered
            .filter(|(number, _)| wanted(*number))
            .map(|(_, (name, _))| name.trim())
            .collect::<Vec<_>>();
        names.sort_unstable();
        names
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number_however_it_is_written() {
        let mut names = FeatureNames::default();
        let first = names.number("Export").unwrap();
        assert_ne!(names.number("import"), Some(first));
        for same in ["export", " EXPORT\u{200b}", "e\u{78}port"] {
            assert_eq!(names.number(same), Some(first), "{same:?}");
        }
        for blank in ["", " ", "\u{feff}\t"] {
            assert_eq!(names.number(blank), None, "{blank:?}");
        }
    }

    #[test]
    fn it_is_shown_as_it_was_last_told() {
        let mut names = FeatureNames::default();
        let number = names.told_number("Export", (5, 0)).unwrap();
        names.told_number("export", (7, 0));
        names.told_number("EXPORT", (6, 0));
        assert_eq!(names.names_of(|it| it == number), ["export"]);
    }

    #[test]
    fn an_old_name_stands_for_the_new_one() {
        let aliases = [("Reports".to_owned(), "Insights".to_owned())];
        let mut names = FeatureNames::new(&aliases);
        let old = names.told_number("reports ", (9, 0)).unwrap();
        assert_eq!(names.number("INSIGHTS"), Some(old));
        assert_eq!(names.names_of(|it| it == old), ["Insights"]);
        names.told_number("insights", (3, 0));
        assert_eq!(names.names_of(|it| it == old), ["insights"]);
    }
}
