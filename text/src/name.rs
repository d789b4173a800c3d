//! Owns names and ids that people give: kept without what stands invisibly around them and composed (NFC), compared without case.

use super::{compose, fold_case, trim};
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
}
