//! Owns statements that a backend plans once, found again by their text: for what is asked again and again about a few rows, where
//! planning takes longer than running. As [`sql`], which plans each time.

use super::fault::Fault;
use super::sql::{self, Row};
use pgrx::datum::DatumWithOid;
use pgrx::spi::{OwnedPreparedStatement, SpiClient};
use pgrx::{PgOid, Spi};
use std::cell::RefCell;
use std::collections::HashMap;

/// When a statement is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Planning {
    /// Once per backend, for any arguments.
    Once,
    /// Each time, for its arguments.
    EachTime,
}

/// A plan that looks up each row serves up to this many.
const FEW: usize = 1_000;

impl Planning {
    /// For a statement about this many rows.
    pub const fn of_rows(count: usize) -> Self {
        match count <= FEW {
            true => Self::Once,
            false => Self::EachTime,
        }
    }
}

type Statements = HashMap<(&'static str, bool), &'static OwnedPreparedStatement>;

thread_local! {
    /// By text, and whether it may write.
    static STATEMENTS: RefCell<Statements> = RefCell::default();
}

/// As [`sql::read`].
pub fn read<T>(
    planning: Planning,
    query: &'static str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    if planning == Planning::EachTime {
        return sql::read(query, arguments, map);
    }
    Spi::connect(|client| {
        let statement = match find((query, false)) {
            Some(statement) => statement,
            None => keep(
                (query, false),
                client.prepare(query, &types(arguments))?.keep(),
            ),
        };
        sql::collect(client.select(statement, None, arguments)?, map)
    })
}

/// As [`sql::first`].
pub fn first<T>(
    planning: Planning,
    query: &'static str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Option<T>, Fault> {
    Ok(read(planning, query, arguments, map)?.into_iter().next())
}

/// As [`sql::write`].
pub fn write<T>(
    planning: Planning,
    statement: &'static str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    if planning == Planning::EachTime {
        return sql::write(statement, arguments, map);
    }
    Spi::connect_mut(|client| write_once_planned(client, statement, arguments, map))
}

/// As [`sql::run`].
pub fn run(
    planning: Planning,
    statement: &'static str,
    arguments: &[DatumWithOid<'_>],
) -> Result<(), Fault> {
    write(planning, statement, arguments, |_| Ok(())).map(drop)
}

fn write_once_planned<T>(
    client: &mut SpiClient<'_>,
    text: &'static str,
    arguments: &[DatumWithOid<'_>],
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    sql::refuse_on_standby();
    let statement = match find((text, true)) {
        Some(statement) => statement,
        None => keep(
            (text, true),
            client.prepare_mut(text, &types(arguments))?.keep(),
        ),
    };
    sql::collect(client.update(statement, None, arguments)?, map)
}

fn find(key: (&'static str, bool)) -> Option<&'static OwnedPreparedStatement> {
    STATEMENTS.with_borrow(|all| all.get(&key).copied())
}

/// Never freed: at the end of the process PostgreSQL's memory is gone before Rust's destructors run.
fn keep(
    key: (&'static str, bool),
    statement: OwnedPreparedStatement,
) -> &'static OwnedPreparedStatement {
    let statement = &*Box::leak(Box::new(statement));
    STATEMENTS.with_borrow_mut(|all| all.insert(key, statement));
    statement
}

fn types(arguments: &[DatumWithOid<'_>]) -> Vec<PgOid> {
    arguments.iter().map(|it| PgOid::from(it.oid())).collect()
}
