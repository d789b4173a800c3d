//! Owns what lies behind an error: its causes one by one, and all of them in one sentence. Pure.

use std::error::Error;

/// The causes of an error, the nearest first.
pub fn of<'a>(error: &'a dyn Error) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| (**cause).source())
}

/// A sentence that starts so and goes on with the causes, but not with the error itself, which may hold what is secret.
pub fn sentence(start: String, error: &dyn Error) -> String {
    of(error).fold(start, |sentence, cause| format!("{sentence}: {cause}"))
}
