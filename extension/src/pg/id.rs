//! Owns the reading of ids from text.

use pgrx::Uuid;

/// The id that a text is, in any of the forms that ids are written in.
pub fn parse(text: &str) -> Option<Uuid> {
    let id = uuid::Uuid::try_parse(text).ok()?;
    Some(Uuid::from_bytes(*id.as_bytes()))
}
