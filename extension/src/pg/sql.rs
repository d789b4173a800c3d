//! Owns how Rust talks SQL: read or write, rows mapped at once, so that no cursor or borrow outlives the call.

use super::fault::Fault;
use pgrx::datum::DatumWithOid;
use pgrx::spi::{
    OwnedPreparedStatement, PreparedStatement, SpiClient, SpiHeapTupleData, SpiTupleTable,
};
use pgrx::{FromDatum, IntoDatum, PgOid, Spi};
use std::cell::Cell;

/// A row of a result.
pub trait Row {
    /// A column by name; `None` is NULL.
    fn maybe<T: FromDatum + IntoDatum>(&self, column: &str) -> Result<Option<T>, Fault>;

    /// A column that is never NULL.
    fn need<T: FromDatum + IntoDatum>(&self, column: &str) -> Result<T, Fault> {
        self.maybe(column)?
            .ok_or_else(|| Fault::internal(format!("{column} is unexpectedly null")))
    }
}

impl Row for SpiHeapTupleData<'_> {
    fn maybe<T: FromDatum + IntoDatum>(&self, column: &str) -> Result<Option<T>, Fault> {
        Ok(self.get_by_name::<T, _>(column)?)
    }
}

/// Runs a query without taking a transaction id: works in policies, on a standby and in parallel workers.
pub fn read<T>(
    query: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&SpiHeapTupleData<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    Spi::connect(|client| collect(client.select(query, None, arguments)?, map))
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
        map: impl Fn(&SpiHeapTupleData<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        Spi::connect(|client| {
            let statement = match self.statement.get() {
                Some(statement) => statement,
                None => self.keep(client.prepare(self.text, self.types)?),
            };
            collect(client.select(statement, None, arguments)?, map)
        })
    }

    /// As [`write_on`]. Over transition tables it has to be kept for one table's trigger: the plan knows their columns.
    pub fn write_on<T>(
        &self,
        client: &mut SpiClient<'_>,
        arguments: &[DatumWithOid<'_>],
        map: impl Fn(&SpiHeapTupleData<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
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
    map: impl Fn(&SpiHeapTupleData<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    Spi::connect_mut(|client| write_on(client, statement, arguments, map))
}

/// As [`write`], on a connection that is open already.
pub fn write_on<T>(
    client: &mut SpiClient<'_>,
    statement: &str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&SpiHeapTupleData<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    collect(client.update(statement, None, arguments)?, map)
}

/// Runs a statement for its effect.
pub fn run(statement: &str, arguments: &[DatumWithOid<'_>]) -> Result<(), Fault> {
    Ok(Spi::run_with_args(statement, arguments)?)
}

fn collect<T>(
    table: SpiTupleTable<'_>,
    map: impl Fn(&SpiHeapTupleData<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    table.map(|row| map(&row)).collect()
}
