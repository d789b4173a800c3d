//! One reading of text, for the extension and the gateway alike: the same text means the same through every door, whatever the
//! locale of the database. Pure.

mod email;
mod look_alike;
mod name;
mod visible;

pub use email::{EmailFault, fold_email};
pub use look_alike::look_alike_key;
pub use name::{clean_name, fold_name};
pub use visible::{is_invisible, trim};

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Composed (NFC), as most keyboards write it: one text for what looks the same in every font.
pub fn compose(text: &str) -> Cow<'_, str> {
    match is_nfc(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

/// One character for all its cases, by Unicode's simple case folding, which no locale changes. A character stays one character: ß is
/// not ss, İ is not i.
fn fold_case(character: char) -> char {
    let folded = unicode_case_mapping::case_folded(character);
    folded
        .and_then(|it| char::from_u32(it.get()))
        .unwrap_or(character)
}
