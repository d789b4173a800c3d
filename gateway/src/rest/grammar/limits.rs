//! Owns how much one request may ask for, so that neither reading nor running it takes more than its share. Pure.

/// How many filters, how many order terms and how many columns one request may have.
pub(super) const MAX_TERMS: usize = 100;

/// Whether one more fits after that many.
pub(super) fn check_room(terms: usize) -> Result<(), String> {
    match terms < MAX_TERMS {
        true => Ok(()),
        false => Err(format!("it has more than {MAX_TERMS} terms")),
    }
}
