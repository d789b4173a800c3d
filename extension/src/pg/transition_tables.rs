//! Owns the way to a statement trigger's transition tables: by SQL, or by a walk over their rows that runs no query.

use super::fault::Fault;
use super::sql::{self, Kept};
use pgrx::datum::DatumWithOid;
use pgrx::spi::SpiClient;
use pgrx::{FromDatum, PgTrigger, Spi, Uuid, pg_sys};
use std::collections::BTreeSet;
use std::ffi::{CString, c_int};

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

/// Up to this many rows, a plan made for one serves all of them.
const FEW: i64 = 10;

/// Runs a statement over the transition tables on their connection: by its kept plan where few rows were written, by a plan
/// of its own where many were, since a kept plan joins two large transition tables row by row.
pub fn write<T>(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    statement: &Kept,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&sql::Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let data = trigger.trigger_data();
    let rows = match data.tg_newtable.is_null() {
        true => data.tg_oldtable,
        false => data.tg_newtable,
    };
    // SAFETY: PostgreSQL fills the store before it fires a statement trigger, and frees it after.
    let is_small = !rows.is_null() && unsafe { pg_sys::tuplestore_tuple_count(rows) } <= FEW;
    match is_small {
        true => statement.write_on(client, arguments, map),
        false => sql::write_on(client, statement.text(), arguments, map),
    }
}

/// Which of the two transition tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The rows before an UPDATE or DELETE.
    Old,
    /// The rows after an INSERT or UPDATE.
    New,
}

/// A walk over one of the tables, from its first row to its last.
pub struct Walk {
    store: *mut pg_sys::Tuplestorestate,
    pointer: c_int,
    slot: *mut pg_sys::TupleTableSlot,
}

impl Walk {
    /// `None` where the trigger has no such table.
    pub fn over(trigger: &PgTrigger<'_>, side: Side) -> Option<Self> {
        let data = trigger.trigger_data();
        let store = match side {
            Side::Old => data.tg_oldtable,
            Side::New => data.tg_newtable,
        };
        if store.is_null() {
            return None;
        }
        let forward = c_int::try_from(pg_sys::EXEC_FLAG_REWIND).unwrap_or_default();
        // SAFETY: PostgreSQL fills the store before it fires a statement trigger and frees it after; its rows are those of the
        // trigger's open table. A read pointer of our own leaves the others where they are.
        unsafe {
            let pointer = pg_sys::tuplestore_alloc_read_pointer(store, forward);
            pg_sys::tuplestore_select_read_pointer(store, pointer);
            pg_sys::tuplestore_rescan(store);
            let slot = pg_sys::MakeSingleTupleTableSlot(
                (*data.tg_relation).rd_att,
                &raw const pg_sys::TTSOpsMinimalTuple,
            );
            Some(Self {
                store,
                pointer,
                slot,
            })
        }
    }

    /// Steps to the next row and reads its columns up to `last`; false at the end.
    pub fn step(&mut self, last: c_int) -> bool {
        // SAFETY: store and slot live as long as the trigger's call; `last` is a column of its table.
        unsafe {
            pg_sys::tuplestore_select_read_pointer(self.store, self.pointer);
            let found = pg_sys::tuplestore_gettupleslot(self.store, true, false, self.slot);
            if found {
                pg_sys::slot_getsomeattrs_int(self.slot, last);
            }
            found
        }
    }

    /// A column of the current row, among those that [`Walk::step`] read; `None` is NULL.
    pub fn value(&self, column: c_int) -> Option<pg_sys::Datum> {
        let place = usize::try_from(column - 1).unwrap_or_default();
        // SAFETY: the slot holds a row whose columns have been read up to this one.
        unsafe {
            let is_null = *(*self.slot).tts_isnull.add(place);
            (!is_null).then(|| *(*self.slot).tts_values.add(place))
        }
    }
}

/// The number of a column of the trigger's table; `None` where it has no column of that name.
pub fn find_column(trigger: &PgTrigger<'_>, name: &str) -> Option<c_int> {
    let wanted = CString::new(name).ok()?;
    // SAFETY: the trigger's relation is open.
    let number = unsafe {
        let desc = (*trigger.trigger_data().tg_relation).rd_att;
        pg_sys::SPI_fnumber(desc, wanted.as_ptr())
    };
    (number > 0).then_some(number)
}

/// The tenants of the rows that an INSERT or UPDATE wrote.
pub fn written_tenants(trigger: &PgTrigger<'_>) -> Result<BTreeSet<Uuid>, Fault> {
    let column = find_column(trigger, "tenant_id")
        .ok_or_else(|| Fault::internal("the trigger's table has no column tenant_id"))?;
    let mut tenants = BTreeSet::new();
    let mut last = None;
    if let Some(mut walk) = Walk::over(trigger, Side::New) {
        while walk.step(column) {
            // SAFETY: tenant_id is a uuid in every table.
            let tenant = walk
                .value(column)
                .and_then(|it| unsafe { Uuid::from_datum(it, false) });
            if tenant != last {
                tenants.extend(tenant);
                last = tenant;
            }
        }
    }
    Ok(tenants)
}

impl Drop for Walk {
    fn drop(&mut self) {
        // SAFETY: made in `over`, dropped once.
        unsafe { pg_sys::ExecDropSingleTupleTableSlot(self.slot) }
    }
}
