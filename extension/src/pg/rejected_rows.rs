//! Owns how rows that cannot be written are reported: one by one, and in the error that refuses them all.

use super::fault::Fault;
use serde::Serialize;
use std::borrow::Cow;

/// Why a field was refused, to be read after its name.
pub type Reason = &'static str;

/// How many faults an error lists; the rest it counts.
const LISTED: usize = 100;

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The row's place in the array, from 0.
    pub index: usize,
    /// The key, with a path inside documents; `rows` where the element itself is wrong.
    pub field: Cow<'static, str>,
    /// What it should have been.
    pub reason: Cow<'static, str>,
}

impl Rejected {
    /// A complaint about a row.
    pub fn new(
        index: usize,
        field: impl Into<Cow<'static, str>>,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            index,
            field: field.into(),
            reason: reason.into(),
        }
    }
}

/// The error for rows that are not written because some of them are faulty. `rejected` is in the order of the rows.
pub fn refusal(rejected: &[Rejected], rows: usize) -> Fault {
    let faulty = rejected
        .chunk_by(|one, other| one.index == other.index)
        .count();
    let (row_word, verb) = (
        if rows == 1 { "row" } else { "rows" },
        if faulty == 1 { "is" } else { "are" },
    );
    let listed = rejected.len().min(LISTED);
    let mut detail = serde_json::json!({ "rejected": rejected[..listed] });
    if rejected.len() > listed {
        detail["more"] = (rejected.len() - listed).into();
    }
    Fault::invalid(
        "rows",
        format!("{faulty} of {rows} {row_word} {verb} faulty"),
    )
    .detail(&detail)
    .hint("Nothing was written. Mend them, or pass keep_good => true to write the others.")
}
