//! Owns names and ids that people give: kept without what stands invisibly around them and composed (NFC), compared without case.

use super::{compose, fold_case, is_invisible, trim};
use std::borrow::Cow;

/// A name or an id as it is kept; `None` where nothing of it can be seen.
pub fn clean_name(name: &str) -> Option<Cow<'_, str>> {
    let name = trim(name);
    match name.is_empty() {
        true => None,
        false => Some(compose(name)),
    }
}

/// A name as it is compared; `None` where nothing of it can be seen.
pub fn fold_name(name: &str) -> Option<Cow<'_, str>> {
    let name = clean_name(name)?;
    let is_folded = match name.is_ascii() {
        true => !name.bytes().any(|byte| byte.is_ascii_uppercase()),
        false => name.chars().all(|it| fold_case(it) == it),
    };
    Some(match is_folded {
        true => name,
        // Folding can leave what composes anew.
        false => Cow::Owned(compose(&name.chars().map(fold_case).collect::<String>()).into_owned()),
    })
}

/// What two names or ids have in common that a reader could not tell apart: no case, nothing invisible inside, white space as one
/// blank, and of the ids of Salesforce the 15 characters without the three that only check their case.
pub fn look_alike(name: &str) -> Option<String> {
    let name = clean_name(name)?;
    let words: Vec<String> = name
        .split(char::is_whitespace)
        .map(|word| {
            word.chars()
                .filter(|it| !is_invisible(*it))
                .map(fold_case)
                .collect()
        })
        .filter(|word: &String| !word.is_empty())
        .collect();
    let seen = compose(&words.join(" ")).into_owned();
    Some(match is_salesforce_id(&name) {
        true => seen.chars().take(15).collect(),
        false => seen,
    })
}

/// 18 letters and digits, the first three the prefix of an object, the last three the check of the case (A to Z, 0 to 5).
/// Source: Salesforce, "Object Reference", ID field type.
fn is_salesforce_id(text: &str) -> bool {
    text.len() == 18
        && text.bytes().all(|it| it.is_ascii_alphanumeric())
        && text.bytes().take(3).any(|it| it.is_ascii_digit())
        && text
            .bytes()
            .skip(15)
            .all(|it| it.is_ascii_uppercase() || (b'0'..=b'5').contains(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_composition_and_what_is_invisible_make_no_difference() {
        for (one, other) in [
            ("Ann", " ann\u{a0}"),
            ("ann", "\u{200b}ann\u{feff}"),
            ("ann", "\u{ad}ANN\n\u{0}"),
            ("\u{c4}rger", "a\u{308}rger"),
            ("ÉCOLE", "e\u{301}cole"),
            ("ΣΊΣΥΦΟΣ", "σίσυφος"),
            ("\u{212a}elvin", "kelvin"),
        ] {
            assert_eq!(fold_name(one), fold_name(other), "{one:?} {other:?}");
        }
        assert_ne!(fold_name("a b"), fold_name("ab"));
        // What is inside stays.
        assert_ne!(fold_name("a\u{200b}b"), fold_name("ab"));
        assert_ne!(fold_name("straße"), fold_name("strasse"));
    }

    #[test]
    fn what_cannot_be_seen_is_no_name() {
        for blank in [
            "",
            "  ",
            "\t\n",
            "\u{200b}",
            "\u{feff} \u{2060}",
            "\u{0}",
            "\u{ad}",
        ] {
            assert_eq!(clean_name(blank), None, "{blank:?}");
            assert_eq!(fold_name(blank), None, "{blank:?}");
        }
    }

    #[test]
    fn what_is_kept_keeps_its_case_and_its_inside() {
        assert_eq!(
            clean_name(" A\u{200b}b \u{feff}").as_deref(),
            Some("A\u{200b}b")
        );
        assert_eq!(clean_name("Zoe\u{308}").as_deref(), Some("Zoë"));
    }

    #[test]
    fn what_a_reader_cannot_tell_apart_is_alike() {
        for (one, other) in [
            ("GT-001", "gt-001"),
            ("GT-001", "GT\u{200b}-001"),
            ("Acme  Corp", "acme corp"),
            ("Acme\u{a0}Corp", "Acme Corp"),
            ("001D000000IqhSL", "001D000000IqhSLIAZ"),
        ] {
            assert_eq!(look_alike(one), look_alike(other), "{one:?} {other:?}");
        }
        for (one, other) in [
            ("GT-001", "GT-002"),
            ("AcmeCorp", "Acme Corp"),
            ("001D000000IqhSL", "001D000000IqhSM"),
            ("INTERNATIONALLABEL", "INTERNATIONALLA"),
        ] {
            assert_ne!(look_alike(one), look_alike(other), "{one:?} {other:?}");
        }
    }
}
