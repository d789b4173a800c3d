//! Owns what cannot be seen: white space, control and format characters.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// White space, control and format characters.
pub fn is_invisible(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_whitespace() || character.is_ascii_control();
    }
    character.is_whitespace()
        || matches!(
            character.general_category(),
            GeneralCategory::Control | GeneralCategory::Format
        )
}

/// A text without what stands invisibly around it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_invisible)
}
