//! Owns reading many rows without keeping them: each is handed over in place, as the executor produces it.

use super::fault::Fault;
use super::planned::Planning;
use pgrx::prelude::*;
use pgrx::{AnyNumeric, FromDatum, IntoDatum, PgTupleDesc, Uuid, pg_sys};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::{CString, c_int};

/// An argument of a query.
pub struct Argument {
    kind: pg_sys::Oid,
    value: Option<pg_sys::Datum>,
}

impl Argument {
    /// A value with the PostgreSQL type of its Rust type.
    pub fn new<T: IntoDatum>(value: T) -> Self {
        Self {
            kind: T::type_oid(),
            value: value.into_datum(),
        }
    }
}

/// What a column can be read as. Reading checks the column's type first, so a query that gives another one is an error and
/// never a misread pointer.
pub trait Streamed: FromDatum {
    /// Whether a column of this type can be read so.
    fn reads(column: pg_sys::Oid) -> bool;
}

macro_rules! streamed {
    ($($type:ty: $($oid:ident)|+;)+) => {
        $(impl Streamed for $type {
            fn reads(column: pg_sys::Oid) -> bool {
                [$(pg_sys::$oid),+].contains(&column)
            }
        })+
    };
}

streamed! {
    bool: BOOLOID;
    i32: INT4OID;
    // Microseconds since 2000, as PostgreSQL keeps a moment.
    i64: INT8OID | TIMESTAMPTZOID;
    f64: FLOAT8OID;
    AnyNumeric: NUMERICOID;
    String: TEXTOID;
    Uuid: UUIDOID;
    Vec<Option<String>>: TEXTARRAYOID;
}

/// The member of an enum, whatever enum it is: passed by value, so reading it follows no pointer.
impl Streamed for pg_sys::Oid {
    fn reads(_column: pg_sys::Oid) -> bool {
        true
    }
}

/// A row in place; gone when the next one comes.
pub struct StreamedRow<'a> {
    slot: *mut pg_sys::TupleTableSlot,
    types: &'a [pg_sys::Oid],
}

impl StreamedRow<'_> {
    /// The datum of a column, counted from 0; `None` is NULL. Columns that are not there are NULL.
    pub fn datum(&self, column: usize) -> Option<pg_sys::Datum> {
        // SAFETY: receive has deformed all columns of the slot.
        unsafe {
            let slot = &*self.slot;
            if column >= usize::try_from(slot.tts_nvalid).unwrap_or(0)
                || *slot.tts_isnull.add(column)
            {
                return None;
            }
            Some(*slot.tts_values.add(column))
        }
    }

    /// The value of a column, counted from 0; `None` is NULL.
    pub fn value<T: Streamed>(&self, column: usize) -> Option<T> {
        let datum = self.datum(column)?;
        if !self.types.get(column).copied().is_some_and(T::reads) {
            Fault::internal(format!("column {column} of a query has an unexpected type")).raise();
        }
        // SAFETY: the column has a type that T is read from.
        unsafe { T::from_datum(datum, false) }
    }

    /// A column of type text.
    pub fn text(&self, column: usize) -> Option<String> {
        self.value(column)
    }

    /// A column of type uuid.
    pub fn uuid(&self, column: usize) -> Option<Uuid> {
        self.value(column)
    }
}

/// PostgreSQL's struct first, so that a pointer to it is one to this.
#[repr(C)]
struct Receiver<'a> {
    base: pg_sys::DestReceiver,
    each: &'a mut dyn FnMut(&StreamedRow<'_>),
    /// Of each column, known once the query starts.
    types: Vec<pg_sys::Oid>,
    /// What a row allocates lives here and is freed in batches.
    scratch: pg_sys::MemoryContext,
    since_reset: u32,
}

/// After this many rows, what they have allocated is freed.
const RESET_EVERY: u32 = 256;

/// Which of this transaction's writes a query sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Those that the statement around it sees, as a stable function must.
    Statement,
    /// All of them so far.
    Transaction,
    /// All of them so far, and what others have committed by now, also where this transaction otherwise sees one snapshot.
    Latest,
}

thread_local! {
    /// Plans that this backend keeps, by the text of their query.
    static PLANS: RefCell<HashMap<&'static str, pg_sys::SPIPlanPtr>> = RefCell::default();
}

/// Runs a query, seeing all writes so far, and hands each row over. Takes no transaction id.
pub fn stream(
    planning: Planning,
    query: &'static str,
    arguments: &[Argument],
    each: &mut dyn FnMut(&StreamedRow<'_>),
) -> Result<(), Fault> {
    let plan = |kinds: &mut [pg_sys::Oid]| {
        // SAFETY: inside the connection that run_plan opens.
        unsafe {
            match planning {
                Planning::EachTime => prepare(query, kinds),
                Planning::Once => find_plan(query, kinds),
            }
        }
    };
    run_plan(Sight::Transaction, arguments, each, plan)
}

/// # Safety
/// Inside an SPI connection.
unsafe fn find_plan(
    query: &'static str,
    kinds: &mut [pg_sys::Oid],
) -> Result<pg_sys::SPIPlanPtr, Fault> {
    if let Some(plan) = PLANS.with_borrow(|all| all.get(query).copied()) {
        return Ok(plan);
    }
    // SAFETY: the caller's promise; a plan that is kept outlives the connection.
    let plan = unsafe {
        let plan = prepare(query, kinds)?;
        pg_sys::SPI_keepplan(plan);
        plan
    };
    PLANS.with_borrow_mut(|all| all.insert(query, plan));
    Ok(plan)
}

/// # Safety
/// Inside an SPI connection.
unsafe fn prepare(query: &str, kinds: &mut [pg_sys::Oid]) -> Result<pg_sys::SPIPlanPtr, Fault> {
    let text = CString::new(query).map_err(|_| Fault::internal("a query with a zero byte"))?;
    let count = c_int::try_from(kinds.len()).unwrap_or(c_int::MAX);
    // SAFETY: the caller's promise.
    let plan = unsafe { pg_sys::SPI_prepare(text.as_ptr(), count, kinds.as_mut_ptr()) };
    match plan.is_null() {
        true => Err(Fault::internal("a query cannot be prepared")),
        false => Ok(plan),
    }
}

/// As [`stream`], planned each time, with a choice of what is seen.
pub fn stream_with(
    sight: Sight,
    query: &str,
    arguments: &[Argument],
    each: &mut dyn FnMut(&StreamedRow<'_>),
) -> Result<(), Fault> {
    // SAFETY: inside the connection that run_plan opens.
    run_plan(sight, arguments, each, |kinds| unsafe {
        prepare(query, kinds)
    })
}

fn run_plan(
    sight: Sight,
    arguments: &[Argument],
    each: &mut dyn FnMut(&StreamedRow<'_>),
    plan: impl FnOnce(&mut [pg_sys::Oid]) -> Result<pg_sys::SPIPlanPtr, Fault>,
) -> Result<(), Fault> {
    Spi::connect(|_| {
        let count = c_int::try_from(arguments.len()).unwrap_or(c_int::MAX);
        let mut kinds = arguments.iter().map(|it| it.kind).collect::<Vec<_>>();
        let plan = plan(&mut kinds)?;
        // SAFETY: the calls SPI documents, in their order, on a connection that is open; what they allocate lives in
        // the connection's memory. The receiver outlives the execution.
        unsafe {
            let mut receiver = Receiver {
                base: pg_sys::DestReceiver {
                    receiveSlot: Some(receive),
                    rStartup: Some(start),
                    rShutdown: Some(nothing),
                    rDestroy: Some(nothing),
                    mydest: pg_sys::CommandDest::DestNone,
                },
                each,
                types: Vec::new(),
                scratch: pg_sys::AllocSetContextCreateExtended(
                    pg_sys::CurrentMemoryContext,
                    c"customer_success rows".as_ptr(),
                    0,
                    8 * 1024,
                    1024 * 1024,
                ),
                since_reset: 0,
            };
            if sight == Sight::Latest {
                pg_sys::CommandCounterIncrement();
                pg_sys::PushActiveSnapshot(pg_sys::GetLatestSnapshot());
            }
            let options = pg_sys::SPIExecuteOptions {
                params: parameters(arguments, count),
                // Without a transaction id nothing has been written that a new snapshot would show.
                read_only: sight != Sight::Transaction
                    || pg_sys::GetCurrentTransactionIdIfAny() == pg_sys::InvalidTransactionId,
                dest: (&raw mut receiver).cast(),
                ..Default::default()
            };
            let code = pg_sys::SPI_execute_plan_extended(plan, &options);
            if sight == Sight::Latest {
                // After an error, ending the (sub)transaction does it.
                pg_sys::PopActiveSnapshot();
            }
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
        (receiver.each)(&StreamedRow {
            slot,
            types: &receiver.types,
        });
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
    receiver: *mut pg_sys::DestReceiver,
    _operation: c_int,
    columns: pg_sys::TupleDesc,
) {
    // SAFETY: PostgreSQL passes back the receiver that stream made, with the columns of the rows to come.
    unsafe {
        let columns = PgTupleDesc::from_pg_unchecked(columns);
        let types = columns.iter().map(|column| column.atttypid);
        (*receiver.cast::<Receiver<'_>>()).types = types.collect();
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn nothing(_receiver: *mut pg_sys::DestReceiver) {}
