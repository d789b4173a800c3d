//! Owns the numbers that stand for the names of features while scores are computed. Pure.

use std::collections::HashMap;

/// The number of each feature's name, given in the order in which names turn up.
#[derive(Debug, Default)]
pub struct FeatureNames(HashMap<String, u32>);

impl FeatureNames {
    /// The number of a name.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(name.to_owned(), number);
        number
    }

    /// The names of the numbers that are wanted, in alphabetical order.
    pub fn names_of<'a>(&'a self, wanted: impl Fn(u32) -> bool + 'a) -> Vec<&'a str> {
        let mut names = self
            .0
            .iter()
            .filter(|(_, number)| wanted(**number))
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>();
        names.sort_unstable();
        names
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = FeatureNames::default();
        let first = names.number("export");
        assert_ne!(names.number("import"), first);
        assert_eq!(names.number("export"), first);
        assert_eq!(names.names_of(|number| number == first), ["export"]);
    }
}
