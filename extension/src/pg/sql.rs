//! Owns how Rust talks SQL: read or write, rows mapped at once, so that no cursor or borrow outlives the call.

use super::fault::Fault;
use pgrx::datum::DatumWithOid;
use pgrx::spi::{
    OwnedPreparedStatement, PreparedStatement, SpiClient, SpiHeapTupleData, SpiTupleTable,
};
use pgrx::{FromDatum, IntoDatum, PgOid, Spi};
use std::cell::Cell;

/// A row of a result.
pub struct Row<'a>(SpiHeapTupleData<'a>);

impl Row<'_> {
    /// A column by name; `None` is NULL.
    pub fn maybe<T: FromDatum + IntoDatum>(&self, column: &str) -> Result<Option<T>, Fault> {
        Ok(self.0.get_by_name::<T, _>(column)?)
    }

    /// A column that is never NULL.
    pub fn need<T: FromDatum + IntoDatum>(&self, column: &str) -> Result<T, Fault> {
        self.maybe(column)?
            .ok_or_else(|| Fault::internal(format!("{column} is unexpectedly null")))
    }
}

/// PostgreSQL's types, as the arguments of a [`Kept`] statement are declared.
pub mod types {
    use pgrx::{PgBuiltInOids, PgOid};

    /// boolean
    pub const BOOL: PgOid = PgOid::BuiltIn(PgBuiltInOids::BOOLOID);
    /// integer
    pub const INT: PgOid = PgOid::BuiltIn(PgBuiltInOids::INT4OID);
    /// integer[]
    pub const INTS: PgOid = PgOid::BuiltIn(PgBuiltInOids::INT4ARRAYOID);
    /// real[]
    pub const FLOATS: PgOid = PgOid::BuiltIn(PgBuiltInOids::FLOAT4ARRAYOID);
    /// text
    pub const TEXT: PgOid = PgOid::BuiltIn(PgBuiltInOids::TEXTOID);
    /// text[]
    pub const TEXTS: PgOid = PgOid::BuiltIn(PgBuiltInOids::TEXTARRAYOID);
    /// timestamptz
    pub const TIME: PgOid = PgOid::BuiltIn(PgBuiltInOids::TIMESTAMPTZOID);
    /// uuid
    pub const UUID: PgOid = PgOid::BuiltIn(PgBuiltInOids::UUIDOID);
    /// uuid[]
    pub const UUIDS: PgOid = PgOid::BuiltIn(PgBuiltInOids::UUIDARRAYOID);
}

/// Runs a query without taking a transaction id: works in policies, on a standby and in parallel workers.
pub fn read<T>(
    query: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    Spi::connect(|client| collect(client.select(query, None, arguments)?, map))
}

/// The first row of a query, where there is one. As [`read`].
pub fn first<T>(
    query: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    Ok(read(query, arguments, map)?.into_iter().next())
}

/// The row of a query that always has one. As [`read`].
pub fn one<T>(
    query: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    first(query, arguments, map)?.ok_or_else(|| Fault::internal("a query found no row"))
}

/// Whether a query finds anything. As [`read`].
pub fn exists(query: &str, arguments: &[DatumWithOid<'_>]) -> Result<bool, Fault> {
    Spi::connect(|client| Ok(!client.select(query, Some(1), arguments)?.is_empty()))
}

/// A query that is planned once per backend: for what is asked in every transaction.
pub struct Kept {
    text: &'static str,
    types: &'static [PgOid],
    statement: Cell<Option<&'static OwnedPreparedStatement>>,
}

impl Kept {
    /// The query and the types of its arguments.
    pub const fn new(text: &'static str, types: &'static [PgOid]) -> Self {
        Self {
            text,
            types,
            statement: Cell::new(None),
        }
    }

    /// The query.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// As [`read`].
    pub fn read<T>(
        &self,
        arguments: &[DatumWithOid<'_>],
        map: impl Fn(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        Spi::connect(|client| {
            let statement = match self.statement.get() {
                Some(statement) => statement,
                None => self.keep(client.prepare(self.text, self.types)?),
            };
            collect(client.select(statement, None, arguments)?, map)
        })
    }

    /// As [`first`].
    pub fn first<T>(
        &self,
        arguments: &[DatumWithOid<'_>],
        map: impl Fn(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.read(arguments, map)?.into_iter().next())
    }

    /// As [`write_on`]. Over transition tables it has to be kept for one table's trigger: the plan knows their columns.
    pub fn write_on<T>(
        &self,
        client: &mut SpiClient<'_>,
        arguments: &[DatumWithOid<'_>],
        map: impl Fn(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        refuse_on_standby();
        let statement = match self.statement.get() {
            Some(statement) => statement,
            None => self.keep(client.prepare_mut(self.text, self.types)?),
        };
        collect(client.update(statement, None, arguments)?, map)
    }

    /// Never freed: at the end of the process PostgreSQL's memory is gone before Rust's destructors run.
    fn keep(&self, statement: PreparedStatement<'_>) -> &'static OwnedPreparedStatement {
        let statement = &*Box::leak(Box::new(statement.keep()));
        self.statement.set(Some(statement));
        statement
    }
}

/// Runs a statement that changes rows, and maps what it returns.
pub fn write<T>(
    statement: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    Spi::connect_mut(|client| write_on(client, statement, arguments, map))
}

/// The first row that a statement returns, where there is one.
pub fn write_first<T>(
    statement: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    Ok(write(statement, arguments, map)?.into_iter().next())
}

/// Runs a statement that changes rows, and counts them.
pub fn count(statement: &str, arguments: &[DatumWithOid<'_>]) -> Result<usize, Fault> {
    refuse_on_standby();
    Spi::connect_mut(|client| Ok(client.update(statement, None, arguments)?.len()))
}

/// As [`write`], on a connection that is already open.
pub fn write_on<T>(
    client: &mut SpiClient<'_>,
    statement: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    refuse_on_standby();
    collect(client.update(statement, None, arguments)?, map)
}

/// Refuses to write on a standby (25006): the transaction id that pgrx asks for first cannot be had there, and says so in other words.
pub fn refuse_on_standby() {
    // SAFETY: reads a variable of this backend, or raises an error.
    unsafe { pgrx::pg_sys::PreventCommandDuringRecovery(c"a function that writes".as_ptr()) }
}

/// Runs a statement and ignores what it returns.
pub fn run(statement: &str, arguments: &[DatumWithOid<'_>]) -> Result<(), Fault> {
    refuse_on_standby();
    Ok(Spi::run_with_args(statement, arguments)?)
}

/// Maps what a statement returned.
pub fn collect<T>(
    table: SpiTupleTable<'_>,
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    table.map(|row| map(&Row(row))).collect()
}
