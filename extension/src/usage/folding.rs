//! Owns how people and features are recognized: by their names without what stands invisibly around them, composed as one
//! writes them (NFC), and without case. Pure.

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A name as it is compared; `None` where nothing of it can be seen.
pub fn fold_name(name: &str) -> Option<Cow<'_, str>> {
    let name = name.trim_matches(is_invisible);
    if name.is_empty() {
        return None;
    }
    if name.is_ascii() {
        return Some(match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(name.to_ascii_lowercase()),
            false => Cow::Borrowed(name),
        });
    }
    Some(Cow::Owned(match is_nfc(name) {
        true => name.to_lowercase(),
        false => name.nfc().collect::<String>().to_lowercase(),
    }))
}

/// White space, control and format characters.
fn is_invisible(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_whitespace() || character.is_ascii_control();
    }
    character.is_whitespace()
        || matches!(
            character.general_category(),
            GeneralCategory::Control | GeneralCategory::Format
        )
}

#[cfg(test)]
mod plain_tests {
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
        for blank in ["", "  ", "\t\n", "\u{200b}", "\u{feff} \u{2060}"] {
            assert_eq!(fold_name(blank), None, "{blank:?}");
        }
    }
}
