//! Owns how a worker stands by where its database is not one to work in, and tells of it: at first quietly, since a restore may be under
//! way, then loudly, and not too often.

use super::extension_lock as extension;
use super::{reload, transaction};
use crate::background::board::{Departure, Slot};
use crate::background::footing::{self, Obstacle};
use crate::pg::sql;
use pgrx::bgworkers::BackgroundWorker;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(1);
/// A restore may take so long.
const QUIET: Duration = Duration::from_secs(60);
const TOLD_EVERY: Duration = Duration::from_secs(60 * 60);

/// When it was last looked.
pub struct Footing {
    looked_at: Instant,
}

impl Footing {
    /// To be looked at anew after a while.
    pub fn of_now() -> Self {
        Self {
            looked_at: Instant::now(),
        }
    }

    /// Whether it has been lost since.
    pub fn is_lost(&mut self) -> bool {
        if self.looked_at.elapsed() < EVERY {
            return false;
        }
        self.looked_at = Instant::now();
        find().is_some()
    }
}

/// Waits until there is nothing in the way; `Err` says how the worker leaves instead.
pub fn until_ready(slot: &Slot) -> Result<(), Departure> {
    let began = Instant::now();
    let mut told = None;
    while let Some(obstacle) = find() {
        let is_quiet = obstacle == Obstacle::Incomplete && began.elapsed() < QUIET;
        if !is_quiet && told.is_none_or(|told: Instant| told.elapsed() >= TOLD_EVERY) {
            told = Some(Instant::now());
            tell(obstacle);
        }
        transaction::report_idle(obstacle.activity());
        slot.vitals.beat();
        if !BackgroundWorker::wait_latch(Some(EVERY)) || slot.leave.load(Ordering::Acquire) {
            return Err(Departure::Asked);
        }
        reload::if_asked();
        if transaction::run(c"looking for the extension", || Ok(extension::hold())) == Some(false) {
            return Err(Departure::NoExtension);
        }
    }
    Ok(())
}

fn find() -> Option<Obstacle> {
    transaction::run(c"looking at the footing", footing::find_obstacle).flatten()
}

fn tell(obstacle: Obstacle) {
    let here = transaction::run(c"telling what is in the way", || {
        sql::one("select current_database()::text as here", &[], |row| {
            row.need::<String>("here")
        })
    });
    pgrx::warning!(
        "customer_success: the workers of database {} stand by: {}",
        here.unwrap_or_default(),
        obstacle.sentence()
    );
}
