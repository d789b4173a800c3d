//! Owns reading ids out of a statement trigger's transition tables, row by row and without a query: bulk writes pay for
//! a walk over the rows and nothing else.

use crate::fault::Fault;
use pgrx::PgTrigger;
use pgrx::pg_sys;
use std::ffi::{CString, c_int};
use uuid::Uuid;

/// Which of the two transition tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The rows before an UPDATE or DELETE.
    Old,
    /// The rows after an INSERT or UPDATE.
    New,
}

/// The place of a uuid column in the trigger's table; `None` where it has none of that name.
pub fn column(trigger: &PgTrigger<'_>, name: &str) -> Result<Option<c_int>, Fault> {
    let wanted = CString::new(name).map_err(|_| Fault::internal("a column with a zero byte"))?;
    // SAFETY: the trigger's relation is open.
    let number = unsafe {
        let desc = (*trigger.trigger_data().tg_relation).rd_att;
        let number = pg_sys::SPI_fnumber(desc, wanted.as_ptr());
        if number > 0 && pg_sys::SPI_gettypeid(desc, number) != pg_sys::UUIDOID {
            return Err(Fault::internal(format!("{name} is no uuid")));
        }
        number
    };
    Ok((number > 0).then_some(number))
}

/// Hands over the uuids that stand in these columns, row by row. A table that the trigger does not have has no rows.
pub fn each(
    trigger: &PgTrigger<'_>,
    side: Side,
    columns: &[c_int],
    mut row: impl FnMut(&[Option<Uuid>]),
) {
    let data = trigger.trigger_data();
    let store = match side {
        Side::Old => data.tg_oldtable,
        Side::New => data.tg_newtable,
    };
    let Some(last) = columns.iter().copied().max().filter(|_| !store.is_null()) else {
        return;
    };
    let mut values = vec![None; columns.len()];
    let forward = c_int::try_from(pg_sys::EXEC_FLAG_REWIND).unwrap_or_default();
    // SAFETY: PostgreSQL fills the store before it fires a statement trigger and frees it after. A read pointer of our own
    // leaves those of others where they are. The slot reads rows of the trigger's table, whose uuid columns are 16 bytes
    // behind a pointer.
    unsafe {
        let slot = pg_sys::MakeSingleTupleTableSlot(
            (*data.tg_relation).rd_att,
            &raw const pg_sys::TTSOpsMinimalTuple,
        );
        let pointer = pg_sys::tuplestore_alloc_read_pointer(store, forward);
        pg_sys::tuplestore_select_read_pointer(store, pointer);
        pg_sys::tuplestore_rescan(store);
        while pg_sys::tuplestore_gettupleslot(store, true, false, slot) {
            pg_sys::slot_getsomeattrs_int(slot, last);
            for (value, column) in values.iter_mut().zip(columns) {
                let place = usize::try_from(column - 1).unwrap_or_default();
                *value = (!*(*slot).tts_isnull.add(place)).then(|| {
                    let bytes = (*(*slot).tts_values.add(place)).cast_mut_ptr::<[u8; 16]>();
                    Uuid::from_bytes(*bytes)
                });
            }
            row(&values);
        }
        pg_sys::ExecDropSingleTupleTableSlot(slot);
    }
}
