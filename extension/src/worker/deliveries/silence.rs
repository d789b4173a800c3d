//! Owns telling the administrator that deliveries wait because this database is a copy: loudly, and not too often.

use super::extension;
use crate::pg::sql;
use std::time::{Duration, Instant};

const TOLD_EVERY: Duration = Duration::from_secs(60 * 60);

/// What was told.
#[derive(Default)]
pub struct Silence {
    told: Option<Instant>,
}

impl Silence {
    /// Deliveries were found that another installation made.
    pub fn note(&mut self) {
        if self.told.is_some_and(|told| told.elapsed() < TOLD_EVERY) {
            return;
        }
        let waiting = extension::run(c"silent: this database is a copy", || {
            sql::one(
                "select count(*) as waiting, current_database()::text as here from cs.webhook_queue where held = 'copy'",
                &[],
                |row| Ok((row.need::<i64>("waiting")?, row.need::<String>("here")?)),
            )
        });
        if let Some((waiting, here)) = waiting {
            self.told = Some(Instant::now());
            pgrx::warning!(
                "customer_success: {waiting} deliveries of database {here} wait, since they were made by another installation, of which it is a copy; a superuser lets them be sent with select cs.confirm_webhooks()"
            );
        }
    }
}
