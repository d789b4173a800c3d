//! Owns when two ids or names that are not the same are likely meant to be: they look alike, or are two spellings of one record.

use super::{fold_case, is_invisible};
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// What look-alikes have in common. Case, what is invisible, white space, forms of width and letters that other scripts share
/// (UTS #39, skeletons) make no difference; of a record of Salesforce the 15 and the 18 characters are one.
pub fn look_alike_key(text: &str) -> String {
    if let Some(record) = salesforce_record(text) {
        return record;
    }
    let seen = text
        .nfkc()
        .filter(|it| !is_invisible(*it) && !it.is_whitespace());
    let folded = seen.map(fold_case).collect::<String>();
    skeleton(&folded).map(fold_case).collect()
}

/// Letters in three groups of five; of the 18 characters the last three say which letters of a group are capital, so that the id
/// can be told without case (Salesforce, "ID Field Type").
const SHORT: usize = 15;
const CAPITALS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// The 15 characters of a record of Salesforce, in which case counts; `None` for any other id.
fn salesforce_record(id: &str) -> Option<String> {
    let is_id = id.bytes().all(|it| it.is_ascii_alphanumeric())
        && id.starts_with(|it: char| it.is_ascii_digit())
        && id.bytes().any(|it| it.is_ascii_alphabetic());
    match id.len() {
        SHORT if is_id => Some(id.to_owned()),
        18 if is_id => with_capitals(&id[..SHORT], &id[SHORT..]),
        _ => None,
    }
}

fn with_capitals(letters: &str, told: &str) -> Option<String> {
    let mut record = letters.as_bytes().to_vec();
    for (group, mark) in record.chunks_mut(5).zip(told.bytes()) {
        let bits = CAPITALS
            .iter()
            .position(|it| *it == mark.to_ascii_uppercase())?;
        for (place, letter) in group.iter_mut().enumerate() {
            match bits >> place & 1 {
                1 if !letter.is_ascii_alphabetic() => return None,
                1 => letter.make_ascii_uppercase(),
                _ => letter.make_ascii_lowercase(),
            }
        }
    }
    String::from_utf8(record).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_has_one_key() {
        for (one, other) in [
            ("GT-001", "gt-001"),
            ("GT-001", "GT\u{200b}-001"),
            ("GT-001", "GT -001"),
            ("GT-001", "ＧＴ－００１"),
            ("GT-001", "GT\u{2013}001"),
            ("GT-001", "GT-OO1"),
            ("GT-001", "GT-00l"),
            ("ACME", "\u{410}CM\u{415}"),
            ("Alpha", "\u{391}lpha"),
            ("co\u{ad}op", "coop"),
            ("Müller", "Mu\u{308}ller"),
            ("001D000000IqhSL", "001D000000IqhSLIAZ"),
            ("001D000000IqhSL", "001d000000iqhsliaz"),
        ] {
            assert_eq!(look_alike_key(one), look_alike_key(other), "{one} {other}");
        }
    }

    #[test]
    fn what_looks_different_has_not() {
        for (one, other) in [
            ("GT-001", "GT-002"),
            ("GT-001", "GT001"),
            ("Müller", "Muller"),
            // Of 15 characters case is part of the id.
            ("001D000000IqhSL", "001D000000iqhSL"),
            ("001D000000IqhSL", "001D000000iqhSLIAZ1"),
            ("123456789012345", "123456789012345000"),
        ] {
            assert_ne!(look_alike_key(one), look_alike_key(other), "{one} {other}");
        }
    }
}
