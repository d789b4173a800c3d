//! Owns the row of a statement that updated no other, as most do: its columns before and after, without a query.

use super::fault::Fault;
use super::transition_tables::{Side, Walk};
use super::trigger_row::has_same_bytes;
use pgrx::{FromDatum, IntoDatum, PgTrigger, PgTupleDesc, pg_sys};
use std::ffi::{CString, c_int};

/// The row of an UPDATE that wrote no other: its values before and after.
pub struct SingleUpdate<'a> {
    old: Walk,
    new: Walk,
    desc: pg_sys::TupleDesc,
    columns: PgTupleDesc<'a>,
}

impl<'a> SingleUpdate<'a> {
    /// `None` where the statement wrote no row, or several.
    pub fn of(trigger: &'a PgTrigger<'_>) -> Option<Self> {
        let data = trigger.trigger_data();
        // SAFETY: PostgreSQL fills the store before it fires a statement trigger, and frees it after.
        let is_single = !data.tg_newtable.is_null()
            && unsafe { pg_sys::tuplestore_tuple_count(data.tg_newtable) } == 1;
        if !is_single {
            return None;
        }
        // SAFETY: the trigger's relation is open.
        let desc = unsafe { (*data.tg_relation).rd_att };
        let mut old = Walk::over(trigger, Side::Old)?;
        let mut new = Walk::over(trigger, Side::New)?;
        // SAFETY: as above.
        let last = unsafe { (*desc).natts };
        (old.step(last) && new.step(last)).then(|| Self {
            old,
            new,
            desc,
            // SAFETY: the trigger's relation stays open as long as the trigger lives.
            columns: unsafe { PgTupleDesc::from_pg_unchecked(desc) },
        })
    }

    /// The names of the columns that do not hold the same bytes before and after.
    pub fn changed_columns(&self) -> impl Iterator<Item = &str> {
        let changed = self.columns.iter().filter(|it| {
            let number = c_int::from(it.attnum);
            // SAFETY: both rows are of this table.
            let is_same =
                || unsafe { has_same_bytes(it, self.old.value(number), self.new.value(number)) };
            !it.is_dropped() && !is_same()
        });
        changed.map(|it| it.name())
    }

    /// A column with its type, and its values before and after; they live as long as the row.
    pub fn column(&self, name: &str) -> Result<ColumnUpdate, Fault> {
        let unknown = || Fault::internal(format!("the trigger's table has no column {name}"));
        let wanted = CString::new(name).map_err(|_| unknown())?;
        // SAFETY: desc belongs to the trigger's open relation.
        let (number, type_id) = unsafe {
            let number = pg_sys::SPI_fnumber(self.desc, wanted.as_ptr());
            (number, pg_sys::SPI_gettypeid(self.desc, number))
        };
        match number > 0 {
            true => Ok(ColumnUpdate {
                type_id,
                before: self.old.value(number),
                after: self.new.value(number),
            }),
            false => Err(unknown()),
        }
    }
}

/// A column of a [`SingleUpdate`]; `None` is NULL.
#[derive(Debug, Clone, Copy)]
pub struct ColumnUpdate {
    /// Its type.
    pub type_id: pg_sys::Oid,
    /// The value before.
    pub before: Option<pg_sys::Datum>,
    /// The value after.
    pub after: Option<pg_sys::Datum>,
}

impl ColumnUpdate {
    /// Both values of a column of this type; NULL where it has another one.
    pub fn values<T: FromDatum + IntoDatum>(&self) -> (Option<T>, Option<T>) {
        let read = |value: Option<pg_sys::Datum>| {
            let value = value.filter(|_| self.type_id == T::type_oid())?;
            // SAFETY: a value of that type.
            unsafe { T::from_datum(value, false) }
        };
        (read(self.before), read(self.after))
    }
}
