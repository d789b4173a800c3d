//! Owns the reading of ids from a statement trigger's transition tables, row by row and without a query: bulk writes
//! pay for a walk over the rows and nothing else.

use crate::pg::fault::Fault;
use crate::pg::transition_tables::{Side, Walk, find_column};
use pgrx::{PgTrigger, Uuid, pg_sys};
use std::ffi::c_int;

/// The number of a uuid column of the trigger's table; `None` where it has no column of that name.
pub fn find_uuid_column(trigger: &PgTrigger<'_>, name: &str) -> Result<Option<c_int>, Fault> {
    let Some(number) = find_column(trigger, name) else {
        return Ok(None);
    };
    // SAFETY: the trigger's relation is open.
    let type_id =
        unsafe { pg_sys::SPI_gettypeid((*trigger.trigger_data().tg_relation).rd_att, number) };
    match type_id == pg_sys::UUIDOID {
        true => Ok(Some(number)),
        false => Err(Fault::internal(format!("{name} is not a uuid"))),
    }
}

/// Calls `row` with the uuids in these columns of each row. A table that the trigger does not have has no rows.
pub fn for_each_row(
    trigger: &PgTrigger<'_>,
    side: Side,
    columns: &[c_int],
    mut row: impl FnMut(&[Option<Uuid>]),
) {
    let (Some(mut walk), Some(last)) = (Walk::over(trigger, side), columns.iter().copied().max())
    else {
        return;
    };
    let mut values = vec![None; columns.len()];
    while walk.step(last) {
        for (value, column) in values.iter_mut().zip(columns) {
            *value = walk.value(*column).map(|datum| {
                // SAFETY: a uuid is 16 bytes behind a pointer.
                Uuid::from_bytes(unsafe { *datum.cast_mut_ptr::<[u8; 16]>() })
            });
        }
        row(&values);
    }
}
