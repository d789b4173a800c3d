//! Owns the reading of the settings anew when the server asks for it.

use pgrx::bgworkers::BackgroundWorker;
use pgrx::pg_sys;

/// True where they were read. On the main thread, outside a transaction.
pub fn if_asked() -> bool {
    let is_asked = BackgroundWorker::sighup_received();
    if is_asked {
        // SAFETY: as this function says of itself.
        unsafe { pg_sys::ProcessConfigFile(pg_sys::GucContext::PGC_SIGHUP) }
    }
    is_asked
}
