//! Owns how well a name matches what someone typed: as a number from 1 for the whole name down to one with wrong
//! letters. Pure.

use crate::criteria::fold;

/// What someone typed, folded, of at least two letters.
pub struct NameQuery {
    text: String,
    words: Vec<TypedWord>,
}

struct TypedWord {
    text: String,
    letters: Vec<char>,
    /// How many letters may be wrong.
    most_typos: usize,
}

impl NameQuery {
    /// `None` for fewer than two letters.
    pub fn new(typed: &str) -> Option<Self> {
        let folded = fold(typed);
        let words = folded.split_whitespace();
        let text = words.clone().collect::<Vec<_>>().join(" ");
        let words = words.map(TypedWord::new).collect();
        (text.chars().count() >= 2).then_some(Self { text, words })
    }

    /// How well a folded name matches: 1 for the name itself, 0.9 for its beginning, 0.75 where each word typed begins
    /// one of its words, 0.6 for a part of it, 0.3 to 0.5 where letters are wrong; each a little more the less of the
    /// name is left over. `None`: no match.
    pub fn match_score(&self, name: &str) -> Option<f32> {
        if name == self.text {
            return Some(1.0);
        }
        let tier = if name.starts_with(&self.text) {
            0.9
        } else if self.words.iter().all(|word| word.begins_one_of(name)) {
            0.75
        } else if self.text.len() > 2 && name.contains(&self.text) {
            0.6
        } else {
            0.3 + 0.2 * self.likeness(name)?
        };
        let left_over = share(self.text.chars().count(), name.chars().count());
        Some(tier + 0.05 * left_over.min(1.0))
    }

    /// 1 minus the share of letters that are wrong; `None` where too many are.
    fn likeness(&self, name: &str) -> Option<f32> {
        let known = name.chars().fold(0, |mask, letter| mask | bit(letter));
        if self
            .words
            .iter()
            .any(|word| word.count_missing(known) > word.most_typos)
        {
            return None;
        }
        let name: Vec<char> = name.chars().collect();
        let wrong = self.words.iter().map(|word| word.count_typos(&name));
        let wrong = wrong.sum::<Option<usize>>()?;
        let typed: usize = self.words.iter().map(|word| word.letters.len()).sum();
        Some(1.0 - share(wrong, typed))
    }
}

impl TypedWord {
    fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        // Numbers and codes have to be typed exactly.
        let is_code = letters.iter().any(|letter| letter.is_numeric());
        let most_typos = match letters.len() {
            _ if is_code => 0,
            0..=3 => 0,
            4..=7 => 1,
            8..=13 => 2,
            _ => 3,
        };
        Self {
            text: text.to_owned(),
            letters,
            most_typos,
        }
    }

    fn begins_one_of(&self, name: &str) -> bool {
        let mut places = name.match_indices(&self.text);
        places.any(|(at, _)| {
            let before = name[..at].chars().next_back();
            before.is_none_or(|letter| !letter.is_alphanumeric())
        })
    }

    /// How many of its letters are missing in a name with these letters: each is a typo.
    fn count_missing(&self, known: u64) -> usize {
        let absent = self.letters.iter().filter(|it| bit(**it) & known == 0);
        absent.count()
    }

    /// The fewest typos that make this word the beginning of one of the name's words.
    fn count_typos(&self, name: &[char]) -> Option<usize> {
        let starts = (0..name.len()).filter(|at| {
            name[*at].is_alphanumeric() && (*at == 0 || !name[*at - 1].is_alphanumeric())
        });
        starts
            .filter_map(|at| count_typos(&self.letters, &name[at..], self.most_typos))
            .min()
    }
}

/// One of 64 bits for each letter.
fn bit(letter: char) -> u64 {
    1 << (u32::from(letter) % 64)
}

/// The fewest letters left out, put in, replaced or swapped with the next that make `typed` a beginning of `name`;
/// `None` for more than `most`.
fn count_typos(typed: &[char], name: &[char], most: usize) -> Option<usize> {
    let name = &name[..name.len().min(typed.len() + most)];
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=name.len()).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut line = Vec::with_capacity(name.len() + 1);
        line.push(row + 1);
        for (column, other) in name.iter().enumerate() {
            let mut cost = last[column] + usize::from(letter != other);
            cost = cost.min(last[column + 1] + 1).min(line[column] + 1);
            let is_swapped =
                row > 0 && column > 0 && *letter == name[column - 1] && typed[row - 1] == *other;
            if is_swapped {
                cost = cost.min(before_last[column - 1] + 1);
            }
            line.push(cost);
        }
        if line.iter().all(|cost| *cost > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, line);
    }
    last.into_iter().min().filter(|cost| *cost <= most)
}

#[expect(clippy::cast_precision_loss, reason = "numbers of letters")]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        return 0.0;
    }
    part as f32 / whole as f32
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use proptest::prelude::*;

    fn score(typed: &str, name: &str) -> Option<f32> {
        NameQuery::new(typed).unwrap().match_score(&fold(name))
    }

    #[test]
    fn fewer_than_two_letters_match_nothing() {
        for typed in ["", " ", "a", " ä "] {
            assert!(NameQuery::new(typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn a_better_match_scores_higher() {
        let names = [
            "Glob",
            "Globex",
            "Globex and a longer name",
            "Acme Global",
            "Big Globex and a longer name",
            "Hemiglobin",
        ];
        let scores: Vec<_> = names.iter().map(|name| score("glob", name)).collect();
        assert!(
            scores.is_sorted_by(|better, worse| better > worse),
            "{scores:?}"
        );
        assert!(scores.iter().all(|it| it.is_some_and(|it| it > 0.55)));
        assert!(score("glbo", "Globex").unwrap() < score("glob", "Hemiglobin").unwrap());
    }

    #[test]
    fn a_wrong_letter_is_forgiven_and_nonsense_is_not() {
        for (typed, name) in [
            ("tchstart", "TechStart Solutions"),
            ("acem", "Acme Corporation"),
            ("globaltehc", "GlobalTech"),
            ("globl europe", "GlobalTech Europe"),
            ("europe globaltech", "GlobalTech Europe"),
            ("soultions", "TechStart Solutions"),
            ("ÖSTERREICH", "Post Österreich"),
        ] {
            assert!(score(typed, name).is_some(), "{typed}");
        }
        for (typed, name) in [
            ("acorn", "Acme Corporation"),
            ("abc", "Abd"),
            ("gt-002", "GT-001"),
            ("zenith", "GlobalTech"),
            ("globaltech asia", "GlobalTech Europe"),
            ("ob", "GlobalTech"),
            ("glob", ""),
        ] {
            assert_eq!(score(typed, name), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_name_matches_itself_best(name in "\\PC{2,30}", other in "\\PC{0,30}") {
            if let Some(query) = NameQuery::new(&name) {
                let itself = query.match_score(&fold(name.trim()));
                prop_assert!(query.match_score(&fold(&other)).is_none_or(|it| it <= 1.0));
                let plain = name.split_whitespace().collect::<Vec<_>>().join(" ") == name.trim();
                prop_assert!(!plain || itself == Some(1.0));
            }
        }

        #[test]
        fn one_typo_counts_once(name in "[a-z]{8,12}", at in 1_usize..7) {
            let letters: Vec<char> = name.chars().collect();
            let mut short = letters.clone();
            short.remove(at);
            prop_assert!(count_typos(&short, &letters, 2).is_some_and(|it| it <= 1));
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            prop_assert!(count_typos(&swapped, &letters, 2).is_some_and(|it| it <= 1));
        }
    }
}
