//! Owns the way to a statement trigger's transition tables.

use crate::fault::Fault;
use pgrx::pg_sys;
use pgrx::spi::SpiClient;
use pgrx::{PgTrigger, Spi};

/// Runs `body` on a connection that knows the trigger's transition tables by their names.
pub fn with_tables<T>(
    trigger: &PgTrigger<'_>,
    body: impl FnOnce(&mut SpiClient<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    Spi::connect_mut(|client| {
        // SAFETY: the trigger data outlives the connection; registering is the connection's first call.
        let registered = unsafe {
            pg_sys::SPI_register_trigger_data(std::ptr::from_ref(trigger.trigger_data()).cast_mut())
        };
        if registered < 0 {
            return Err(Fault::internal("the transition tables cannot be reached"));
        }
        body(client)
    })
}
