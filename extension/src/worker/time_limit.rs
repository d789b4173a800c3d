//! Owns the time limit of a background process's transaction. statement_timeout is armed only where a client sends statements; its
//! timer and its handler are there in every process that is connected to a database.

use pgrx::pg_sys;
use std::ffi::c_int;
use std::time::Duration;

/// `STATEMENT_TIMEOUT` of PostgreSQL's `TimeoutId`, the same in 15 to 18.
const STATEMENT_TIMEOUT: c_int = 3;

unsafe extern "C" {
    fn enable_timeout_after(id: c_int, delay_ms: c_int);
    fn disable_timeout(id: c_int, keep_indicator: bool);
}

/// While alive, what runs longer than the limit is cancelled with 57014.
pub struct TimeLimit(());

impl TimeLimit {
    /// The time begins.
    pub fn begin(limit: Duration) -> Self {
        let delay = c_int::try_from(limit.as_millis()).unwrap_or(c_int::MAX);
        // SAFETY: main thread; InitPostgres has registered this timeout, and bgworker.c handles the SIGINT it sends. Neither call
        // raises an error for a registered timeout.
        unsafe { enable_timeout_after(STATEMENT_TIMEOUT, delay.max(1)) };
        Self(())
    }
}

impl Drop for TimeLimit {
    fn drop(&mut self) {
        // SAFETY: as above. A cancel that came too late is not for what follows.
        unsafe {
            disable_timeout(STATEMENT_TIMEOUT, false);
            pg_sys::QueryCancelPending = 0;
        }
    }
}
