//! Owns reading and writing the row of a BEFORE trigger, every type by its text form (enums have no Rust twin).

use super::fault::{Fault, OrRaise};
use super::id;
use super::section::{Pinned, restoring};
use pgrx::heap_tuple::PgHeapTuple;
use pgrx::{AllocatedByPostgres, PgTrigger, PgTupleDesc, Uuid, pg_sys};
use std::convert::Infallible;
use std::ffi::{CStr, CString, c_int};

unsafe extern "C" {
    // Of utils/datum.h, which pgrx's bindings leave out. It compares bytes and cannot fail.
    fn datumIsEqual(
        one: pg_sys::Datum,
        other: pg_sys::Datum,
        by_value: bool,
        length: c_int,
    ) -> bool;
}

/// What a trigger function returns to PostgreSQL.
pub type Outcome<'a> = Result<Option<PgHeapTuple<'a, AllocatedByPostgres>>, Infallible>;

/// A row of the table that a trigger is on.
pub struct TriggerRow {
    tuple: pg_sys::HeapTuple,
    desc: pg_sys::TupleDesc,
}

impl TriggerRow {
    fn column(&self, name: &str) -> Result<i32, Fault> {
        let unknown = || Fault::internal(format!("the trigger's table has no column {name}"));
        let wanted = CString::new(name).map_err(|_| unknown())?;
        // SAFETY: desc belongs to the trigger's open relation.
        let number = unsafe { pg_sys::SPI_fnumber(self.desc, wanted.as_ptr()) };
        if number > 0 {
            Ok(number)
        } else {
            Err(unknown())
        }
    }

    /// The value of a column in its text form; `None` is NULL.
    pub fn get(&self, name: &str) -> Result<Option<String>, Fault> {
        let number = self.column(name)?;
        // SAFETY: tuple and desc belong together; the text lives in the current memory context.
        unsafe {
            let text = pg_sys::SPI_getvalue(self.tuple, self.desc, number);
            Ok((!text.is_null()).then(|| CStr::from_ptr(text).to_string_lossy().into_owned()))
        }
    }

    /// Whether a column has the same text form in another row of the table. Where the bytes agree no text is made.
    pub fn is_same(&self, other: &Self, name: &str) -> Result<bool, Fault> {
        let number = self.column(name)?;
        let value = |row: &Self| {
            let mut is_null = false;
            // SAFETY: tuple and desc belong together.
            let datum =
                unsafe { pg_sys::SPI_getbinval(row.tuple, row.desc, number, &raw mut is_null) };
            (!is_null).then_some(datum)
        };
        // SAFETY: desc belongs to the trigger's open relation.
        let columns = unsafe { PgTupleDesc::from_pg_unchecked(self.desc) };
        let place = usize::try_from(number - 1).unwrap_or_default();
        let agree = columns
            .get(place)
            // SAFETY: both are values of this column.
            .is_some_and(|column| unsafe { has_same_bytes(column, value(self), value(other)) });
        Ok(agree || self.get(name)? == other.get(name)?)
    }

    /// The value of a column that the table declares NOT NULL but that a BEFORE trigger may still meet as NULL.
    pub fn need(&self, name: &str) -> Result<String, Fault> {
        self.get(name)?
            .ok_or_else(|| Fault::invalid(name, format!("{name} must be given")))
    }

    /// The value of a uuid column that is never NULL.
    pub fn id(&self, name: &str) -> Result<Uuid, Fault> {
        let text = self.need(name)?;
        id::parse(&text).ok_or_else(|| Fault::internal(format!("{name} \"{text}\" is not an id")))
    }

    /// The value of a column read as a number, or anything else that has a text form.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Fault> {
        self.get(name)?
            .map(|text| {
                text.parse()
                    .map_err(|_| Fault::internal(format!("cannot read {name} \"{text}\"")))
            })
            .transpose()
    }

    /// The value of a timestamptz column, in µs since 1970.
    pub fn moment(&self, name: &str) -> Result<Option<i64>, Fault> {
        /// PostgreSQL counts from the year 2000.
        const EPOCH: i64 = 946_684_800_000_000;
        let number = self.column(name)?;
        let mut is_null = false;
        // SAFETY: tuple and desc belong together; a timestamptz is passed by value.
        let datum =
            unsafe { pg_sys::SPI_getbinval(self.tuple, self.desc, number, &raw mut is_null) };
        let moment = (datum.value() as u64).cast_signed().saturating_add(EPOCH);
        Ok((!is_null).then_some(moment))
    }

    /// Refuses a change of columns that never change; `what` is what the row is called, article included.
    pub fn keep(&self, old: &Self, columns: &[&str], what: &str) -> Result<(), Fault> {
        for fixed in columns {
            if !self.is_same(old, fixed)? {
                let message = format!("the {fixed} of {what} never changes");
                return Err(Fault::invalid(fixed, message));
            }
        }
        Ok(())
    }

    /// Counts a change: sets `version`, and `updated_at` to the time of the transaction.
    pub fn stamp(&mut self, version: i32) -> Result<(), Fault> {
        let mut numbers = [self.column("version")?, self.column("updated_at")?];
        // SAFETY: an integer and a timestamptz, each a column of desc.
        unsafe {
            let mut values = [
                pg_sys::Datum::from(version),
                pg_sys::Datum::from(pg_sys::GetCurrentTransactionStartTimestamp()),
            ];
            self.tuple = pg_sys::heap_modify_tuple_by_cols(
                self.tuple,
                self.desc,
                2,
                numbers.as_mut_ptr(),
                values.as_mut_ptr(),
                [false; 2].as_mut_ptr(),
            );
        }
        Ok(())
    }

    /// Keeps a name as all are kept; `complaint` where nothing of it can be seen.
    pub fn clean_name(&mut self, column: &str, complaint: &str) -> Result<(), Fault> {
        let given = self.need(column)?;
        match cs_text::clean_name(&given) {
            None => Err(Fault::invalid(column, complaint)),
            Some(name) if name == given => Ok(()),
            Some(name) => self.set(column, Some(&name)),
        }
    }

    /// Changes a column, from its text form.
    pub fn set(&mut self, name: &str, value: Option<&str>) -> Result<(), Fault> {
        let number = self.column(name)?;
        let text = value
            .map(CString::new)
            .transpose()
            .map_err(|_| Fault::invalid(name, "text cannot contain a zero byte"))?;
        // SAFETY: number is a user column of desc; the input function gets its own type's parameters.
        unsafe {
            let attribute = pg_sys::SPI_gettypeid(self.desc, number);
            let mut datum = match &text {
                None => pg_sys::Datum::from(0),
                Some(text) => {
                    let (mut input, mut io) = (pg_sys::Oid::INVALID, pg_sys::Oid::INVALID);
                    pg_sys::getTypeInputInfo(attribute, &mut input, &mut io);
                    pg_sys::OidInputFunctionCall(input, text.as_ptr().cast_mut(), io, -1)
                }
            };
            let (mut number, mut null) = (number, text.is_none());
            self.tuple = pg_sys::heap_modify_tuple_by_cols(
                self.tuple,
                self.desc,
                1,
                &mut number,
                &mut datum,
                &mut null,
            );
        }
        Ok(())
    }
}

/// Whether two values of a column are the same down to their bytes. What is distinct for SQL has other bytes; what has other
/// bytes may still be equal for it, such as 1.0 and 1.00.
///
/// # Safety
/// Both values are of this column's type.
pub unsafe fn has_same_bytes(
    column: &pg_sys::FormData_pg_attribute,
    one: Option<pg_sys::Datum>,
    other: Option<pg_sys::Datum>,
) -> bool {
    match (one, other) {
        (None, None) => true,
        // SAFETY: the caller's.
        (Some(one), Some(other)) => unsafe {
            datumIsEqual(one, other, column.attbyval, c_int::from(column.attlen))
        },
        _ => false,
    }
}

/// The row that a BEFORE row trigger returns when it lets the row be as it is, to be written or deleted.
pub fn unchanged<'a>(trigger: &'a PgTrigger<'a>) -> Option<PgHeapTuple<'a, AllocatedByPostgres>> {
    let data = trigger.trigger_data();
    let tuple = match data.tg_newtuple.is_null() {
        true => data.tg_trigtuple,
        false => data.tg_newtuple,
    };
    // SAFETY: PostgreSQL fires a BEFORE row trigger with an open relation and the tuples its event promises.
    unsafe {
        let desc = PgTupleDesc::from_pg_unchecked((*data.tg_relation).rd_att);
        Some(PgHeapTuple::from_heap_tuple(desc, tuple))
    }
}

/// Runs the body of a BEFORE INSERT OR UPDATE row trigger on the new row and, at an update, the old one.
/// Does nothing while a dump is restored.
pub fn before_row<'a>(
    trigger: &'a PgTrigger<'a>,
    body: impl FnOnce(&mut TriggerRow, Option<&TriggerRow>) -> Result<(), Fault>,
) -> Outcome<'a> {
    let data = trigger.trigger_data();
    // SAFETY: PostgreSQL fires a BEFORE row trigger with an open relation and the tuples its event promises.
    unsafe {
        let desc = (*data.tg_relation).rd_att;
        let updating = !data.tg_newtuple.is_null();
        let mut new = TriggerRow {
            tuple: if updating {
                data.tg_newtuple
            } else {
                data.tg_trigtuple
            },
            desc,
        };
        let old = updating.then_some(TriggerRow {
            tuple: data.tg_trigtuple,
            desc,
        });
        if !restoring() {
            let _pinned = Pinned::enter();
            body(&mut new, old.as_ref()).or_raise();
        }
        Ok(Some(PgHeapTuple::from_heap_tuple(
            PgTupleDesc::from_pg_unchecked(desc),
            new.tuple,
        )))
    }
}

/// Runs the body of an AFTER row trigger on the row as it is now. Does nothing while a dump is restored.
pub fn after_row<'a>(
    trigger: &'a PgTrigger<'a>,
    body: impl FnOnce(&TriggerRow) -> Result<(), Fault>,
) -> Outcome<'a> {
    let data = trigger.trigger_data();
    // SAFETY: PostgreSQL fires an AFTER row trigger with an open relation and the tuples its event promises.
    let row = unsafe {
        TriggerRow {
            tuple: match data.tg_newtuple.is_null() {
                true => data.tg_trigtuple,
                false => data.tg_newtuple,
            },
            desc: (*data.tg_relation).rd_att,
        }
    };
    if !restoring() {
        let _pinned = Pinned::enter();
        body(&row).or_raise();
    }
    Ok(None)
}

/// Runs the body of an AFTER trigger. Does nothing while a dump is restored.
pub fn after<'a>(body: impl FnOnce() -> Result<(), Fault>) -> Outcome<'a> {
    if !restoring() {
        body().or_raise();
    }
    Ok(None)
}
