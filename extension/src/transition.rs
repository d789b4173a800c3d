//! Owns the way to a statement trigger's transition tables.

use crate::fault::Fault;
use crate::sql::{self, Kept};
use pgrx::datum::DatumWithOid;
use pgrx::pg_sys;
use pgrx::spi::{SpiClient, SpiHeapTupleData};
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

/// Up to this many rows a plan made for one is good for all of them.
const FEW: i64 = 10;

/// Runs a statement over the transition tables on their connection: by its kept plan where few rows were written, by a plan
/// of its own where many were, since a kept plan joins two large transition tables row by row.
pub fn write<T>(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    statement: &Kept,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&SpiHeapTupleData<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let rows = trigger.trigger_data().tg_newtable;
    // SAFETY: PostgreSQL fills the store before it fires a statement trigger, and frees it after.
    let is_small = !rows.is_null() && unsafe { pg_sys::tuplestore_tuple_count(rows) } <= FEW;
    match is_small {
        true => statement.write_on(client, arguments, map),
        false => sql::write_on(client, statement.text(), arguments, map),
    }
}
