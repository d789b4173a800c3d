//! Owns reading many rows without keeping them: each is handed over in place, as the executor produces it.

use super::fault::Fault;
use pgrx::prelude::*;
use pgrx::{FromDatum, IntoDatum, Uuid, pg_sys};
use std::ffi::{CString, c_int};

/// An argument of a query.
pub struct Argument {
    kind: pg_sys::Oid,
    value: Option<pg_sys::Datum>,
}

impl Argument {
    /// A value with the type that Rust's type stands for.
    pub fn new<T: IntoDatum>(value: T) -> Self {
        Self {
            kind: T::type_oid(),
            value: value.into_datum(),
        }
    }
}

/// A row in place; gone when the next one comes.
pub struct Slot(*mut pg_sys::TupleTableSlot);

impl Slot {
    /// The datum of a column, counted from 0; `None` is NULL. Columns that are not there are NULL.
    pub fn datum(&self, column: usize) -> Option<pg_sys::Datum> {
        // SAFETY: receive has deformed all columns of the slot.
        unsafe {
            let slot = &*self.0;
            if column >= usize::try_from(slot.tts_nvalid).unwrap_or(0)
                || *slot.tts_isnull.add(column)
            {
                return None;
            }
            Some(*slot.tts_values.add(column))
        }
    }

    /// A column that is passed by value.
    pub fn value<T: FromDatum>(&self, column: usize) -> Option<T> {
        // SAFETY: the caller names the type that the query gives this column.
        self.datum(column)
            .and_then(|datum| unsafe { T::from_datum(datum, false) })
    }

    /// A column of type text.
    pub fn text(&self, column: usize) -> Option<String> {
        // SAFETY: the query gives this column the type text.
        self.datum(column)
            .and_then(|datum| unsafe { String::from_datum(datum, false) })
    }

    /// A column of type uuid.
    pub fn uuid(&self, column: usize) -> Option<Uuid> {
        // SAFETY: a uuid is 16 bytes behind a pointer.
        self.datum(column)
            .map(|datum| Uuid::from_bytes(unsafe { *datum.cast_mut_ptr::<[u8; 16]>() }))
    }
}

/// PostgreSQL's struct first, so that a pointer to it is one to this.
#[repr(C)]
struct Receiver<'a> {
    base: pg_sys::DestReceiver,
    each: &'a mut dyn FnMut(&Slot),
    /// What a row allocates lives here and goes in batches.
    scratch: pg_sys::MemoryContext,
    since_reset: u32,
}

/// How many rows' leftovers are kept before they are thrown away.
const RESET_EVERY: u32 = 256;

/// Which of this transaction's writes a query sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Those that the statement around it sees, as a stable function must.
    Statement,
    /// All there are so far.
    Transaction,
}

/// Runs a query, seeing all writes so far, and hands each row over. Takes no transaction id.
pub fn stream(
    query: &str,
    arguments: &[Argument],
    each: &mut dyn FnMut(&Slot),
) -> Result<(), Fault> {
    stream_with(Sight::Transaction, query, arguments, each)
}

/// As [`stream`], with a choice of what is seen.
pub fn stream_with(
    sight: Sight,
    query: &str,
    arguments: &[Argument],
    each: &mut dyn FnMut(&Slot),
) -> Result<(), Fault> {
    let text = CString::new(query).map_err(|_| Fault::internal("a query with a zero byte"))?;
    Spi::connect(|_| {
        // SAFETY: the calls SPI documents, in their order, on a connection that is open; what they allocate lives in
        // the connection's memory. The receiver outlives the execution.
        unsafe {
            let count = c_int::try_from(arguments.len()).unwrap_or(c_int::MAX);
            let mut kinds = arguments.iter().map(|it| it.kind).collect::<Vec<_>>();
            let plan = pg_sys::SPI_prepare(text.as_ptr(), count, kinds.as_mut_ptr());
            if plan.is_null() {
                return Err(Fault::internal("a query cannot be prepared"));
            }
            let mut receiver = Receiver {
                base: pg_sys::DestReceiver {
                    receiveSlot: Some(receive),
                    rStartup: Some(start),
                    rShutdown: Some(nothing),
                    rDestroy: Some(nothing),
                    mydest: pg_sys::CommandDest::DestNone,
                },
                each,
                scratch: pg_sys::AllocSetContextCreateExtended(
                    pg_sys::CurrentMemoryContext,
                    c"customer_success rows".as_ptr(),
                    0,
                    8 * 1024,
                    1024 * 1024,
                ),
                since_reset: 0,
            };
            let options = pg_sys::SPIExecuteOptions {
                params: parameters(arguments, count),
                // Without a transaction id nothing has been written that a new snapshot would show.
                read_only: sight == Sight::Statement
                    || pg_sys::GetCurrentTransactionIdIfAny() == pg_sys::InvalidTransactionId,
                dest: (&raw mut receiver).cast(),
                ..Default::default()
            };
            let code = pg_sys::SPI_execute_plan_extended(plan, &options);
            pg_sys::MemoryContextDelete(receiver.scratch);
            if code < 0 {
                return Err(Fault::internal(format!("a query failed: SPI {code}")));
            }
            Ok(())
        }
    })
}

/// # Safety
/// Inside an SPI connection.
unsafe fn parameters(arguments: &[Argument], count: c_int) -> pg_sys::ParamListInfo {
    // SAFETY: makeParamList allocates room for so many parameters behind the struct.
    unsafe {
        let list = pg_sys::makeParamList(count);
        let places = (*list).params.as_mut_ptr();
        for (place, argument) in arguments.iter().enumerate() {
            *places.add(place) = pg_sys::ParamExternData {
                value: argument.value.unwrap_or(pg_sys::Datum::null()),
                isnull: argument.value.is_none(),
                pflags: u16::try_from(pg_sys::PARAM_FLAG_CONST).unwrap_or(1),
                ptype: argument.kind,
            };
        }
        list
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn receive(
    slot: *mut pg_sys::TupleTableSlot,
    receiver: *mut pg_sys::DestReceiver,
) -> bool {
    // SAFETY: PostgreSQL passes back the receiver that stream made, with a valid slot.
    unsafe {
        let receiver = &mut *receiver.cast::<Receiver<'_>>();
        pg_sys::slot_getallattrs(slot);
        let outside = pg_sys::MemoryContextSwitchTo(receiver.scratch);
        (receiver.each)(&Slot(slot));
        pg_sys::MemoryContextSwitchTo(outside);
        receiver.since_reset += 1;
        if receiver.since_reset == RESET_EVERY {
            receiver.since_reset = 0;
            pg_sys::MemoryContextReset(receiver.scratch);
        }
    }
    true
}

#[pg_guard]
unsafe extern "C-unwind" fn start(
    _receiver: *mut pg_sys::DestReceiver,
    _operation: c_int,
    _columns: pg_sys::TupleDesc,
) {
}

#[pg_guard]
unsafe extern "C-unwind" fn nothing(_receiver: *mut pg_sys::DestReceiver) {}
