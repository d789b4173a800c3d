//! Owns what is asked of the engine, and the accounts it is asked for.

use crate::health::score::clock::{DAY, Moment};
use crate::health::score::evidence::Evidence;
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// What to compute.
pub struct Question<'a> {
    /// The tenant.
    pub tenant: Uuid,
    /// Its accounts to compute; `None` is all.
    pub only: Option<&'a [Uuid]>,
    /// The moment everything is seen from.
    pub as_of: Moment,
    /// Rows after this are not known yet; `as_of` unless one asks what they changed.
    pub known_until: Moment,
    /// An earlier look at what is usual serves where it read more rows than this.
    pub norm_rows: i64,
}

/// An account with what is known of it.
pub struct Subject {
    /// Its id.
    pub id: Uuid,
    /// Since when it is known.
    pub created_at: Moment,
    /// Seats by its own attributes.
    pub seats: Option<f64>,
    /// What its rows left.
    pub evidence: Evidence,
}

/// Years that every calendar step of the formulas stays within what PostgreSQL can hold.
const YEARS: std::ops::Range<Moment> = -1_999 * 366 * DAY..7_999 * 365 * DAY;

pub fn require_a_year(as_of: Moment) -> Result<(), Fault> {
    match YEARS.contains(&as_of) {
        true => Ok(()),
        false => Err(Fault::invalid(
            "as_of",
            "health is computed for moments between the years 1 and 9999",
        )),
    }
}

/// The accounts asked for, without evidence.
pub fn subjects(question: &Question<'_>) -> Result<Vec<Subject>, Fault> {
    sql::read(
        include_str!("sql/subjects.sql"),
        &[
            question.tenant.into(),
            question.only.map(<[Uuid]>::to_vec).into(),
        ],
        |row| {
            Ok(Subject {
                id: row.need("id")?,
                created_at: row
                    .need::<TimestampWithTimeZone>("created_at")?
                    .into_inner(),
                seats: row.maybe::<f64>("seats")?.filter(|seats| *seats > 0.0),
                evidence: Evidence::default(),
            })
        },
    )
}

/// Where each account is among the subjects.
pub fn places(subjects: &[Subject]) -> HashMap<Uuid, usize> {
    let numbered = subjects.iter().enumerate();
    numbered.map(|(place, it)| (it.id, place)).collect()
}
