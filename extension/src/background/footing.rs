//! Owns whether this database is one to work in: all of it is in place, and no subscription fills it.

use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};
use std::ffi::CStr;

/// `customer_success.work_beside_subscription`: whether the workers work where a subscription fills the tables.
static WORK_BESIDE_SUBSCRIPTION: GucSetting<bool> = GucSetting::<bool>::new(false);

/// Declares the setting; called once, when the library is loaded.
pub fn define() {
    GucRegistry::define_bool_guc(
        c"customer_success.work_beside_subscription",
        c"Whether the workers work in a database whose tables a subscription fills.",
        c"Off: scores and deliveries are the publisher's work alone. Both at it write the same rows, and replication stops.",
        &WORK_BESIDE_SUBSCRIPTION,
        GucContext::Suset,
        GucFlags::default(),
    );
}

/// Why nothing is to be done in this database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Tables, their owner or privileges are missing: a restore is under way, or left out owners or privileges.
    Incomplete,
    /// A subscription fills its tables.
    Subscription,
}

impl Obstacle {
    /// The word of it in `worker_status().waits_for`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Incomplete => "install",
            Self::Subscription => "subscription",
        }
    }

    /// What pg_stat_activity shows.
    pub const fn activity(self) -> &'static CStr {
        match self {
            Self::Incomplete => c"waiting: a superuser has to run select cs.install()",
            Self::Subscription => c"waiting: a subscription fills this database",
        }
    }

    /// What it is and what to do, as one sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Incomplete => {
                "tables, owners or privileges are missing, as after a restore without them: a superuser runs select cs.install()"
            }
            Self::Subscription => {
                "a subscription fills this database, whose publisher computes scores and delivers: drop it once this database takes over, or set customer_success.work_beside_subscription"
            }
        }
    }
}

/// What there is; looks at the catalogue alone.
pub fn find_obstacle() -> Result<Option<Obstacle>, Fault> {
    let (is_complete, is_filled) = sql::one(include_str!("sql/footing.sql"), &[], |row| {
        Ok((
            row.need::<bool>("is_complete")?,
            row.need::<bool>("is_filled")?,
        ))
    })?;
    Ok(if !is_complete {
        Some(Obstacle::Incomplete)
    } else if is_filled && !WORK_BESIDE_SUBSCRIPTION.get() {
        Some(Obstacle::Subscription)
    } else {
        None
    })
}

/// Refuses what cannot be done before everything is in place (55000).
pub fn require_completeness() -> Result<(), Fault> {
    match find_obstacle()? {
        Some(Obstacle::Incomplete) => Err(Fault::incomplete()),
        _ => Ok(()),
    }
}
