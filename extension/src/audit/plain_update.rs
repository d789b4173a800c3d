//! Owns the record of an UPDATE of one row whose changed columns hold plain values, as most are: by a statement that has the
//! values as arguments, not the transition tables.

use super::SECRETS;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::single_update::{ColumnUpdate, SingleUpdate};
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXT, UUID};
use pgrx::datum::{Datum, DatumWithOid};
use pgrx::{PgOid, PgTrigger, Spi, Uuid, pg_sys};
use std::cell::RefCell;
use std::collections::HashMap;

/// Tables whose rows are not identified by their id alone, or belong to a tenant in another way.
const UNUSUAL_TABLES: [&str; 6] = [
    "tenants",
    "users",
    "account_members",
    "database_logins",
    "offered_roles",
    "password_resets",
];

/// The most statements that a backend keeps: one for each set of columns that change together.
const MOST_STATEMENTS: usize = 200;

thread_local! {
    static STATEMENTS: RefCell<HashMap<Vec<(String, pg_sys::Oid)>, &'static Kept>> = RefCell::default();
}

/// Records an update of one row, and returns whether it did: all others are recorded from the transition tables.
pub fn record(
    trigger: &PgTrigger<'_>,
    table: &str,
    columns: &[String],
    actor: Option<Uuid>,
    client: Option<&str>,
) -> Result<bool, Fault> {
    let is_unusual = UNUSUAL_TABLES.contains(&table)
        || columns.iter().any(|name| SECRETS.contains(&name.as_str()));
    let Some(row) = SingleUpdate::of(trigger).filter(|_| !is_unusual) else {
        return Ok(false);
    };
    let mut changed = Vec::new();
    for name in columns {
        let column = row.column(name)?;
        if !is_plain(column.type_id) {
            return Ok(false);
        }
        if differs(&column) {
            changed.push((name, column));
        }
    }
    let (_, tenant) = row.column("tenant_id")?.values::<Uuid>();
    let (_, id) = row.column("id")?.values::<Uuid>();
    let (Some(tenant), Some(id)) = (tenant, id) else {
        return Ok(false);
    };
    if changed.is_empty() {
        return Ok(true);
    }
    let key = changed
        .iter()
        .map(|(name, it)| ((*name).clone(), it.type_id));
    let Some(statement) = kept_statement(key.collect()) else {
        return Ok(false);
    };
    let mut arguments = vec![
        tenant.into(),
        actor.into(),
        client.into(),
        table.into(),
        id.into(),
    ];
    for (_, column) in &changed {
        arguments.push(argument(column.before, column.type_id));
        arguments.push(argument(column.after, column.type_id));
    }
    let _section = System::enter_for_kept_plans();
    Spi::connect_mut(|connection| statement.write_on(connection, &arguments, |_| Ok(())))?;
    Ok(true)
}

/// Whether values of this type that differ as JSON differ in their bytes, and the other way round once they are not compressed.
fn is_plain(type_id: pg_sys::Oid) -> bool {
    const PLAIN: [pg_sys::Oid; 7] = [
        pg_sys::TEXTOID,
        pg_sys::UUIDOID,
        pg_sys::BOOLOID,
        pg_sys::INT4OID,
        pg_sys::INT8OID,
        pg_sys::DATEOID,
        pg_sys::TIMESTAMPTZOID,
    ];
    // SAFETY: a catalogue look-up inside a transaction.
    PLAIN.contains(&type_id) || unsafe { pg_sys::type_is_enum(type_id) }
}

/// Of texts the same one may be stored in two ways.
fn differs(column: &ColumnUpdate) -> bool {
    if column.type_id != pg_sys::TEXTOID {
        return true;
    }
    let (before, after) = column.values::<String>();
    before != after
}

fn argument<'a>(value: Option<pg_sys::Datum>, type_id: pg_sys::Oid) -> DatumWithOid<'a> {
    let value = value.map(|it| {
        // SAFETY: a value of the transition tables, which outlive the statement that it is an argument of.
        unsafe { std::mem::transmute::<pg_sys::Datum, Datum<'a>>(it) }
    });
    // SAFETY: a value of this type.
    unsafe { DatumWithOid::new_from_datum(value, type_id) }
}

/// The statement for these columns; `None` where a backend keeps too many.
fn kept_statement(columns: Vec<(String, pg_sys::Oid)>) -> Option<&'static Kept> {
    STATEMENTS.with_borrow_mut(|all| {
        if let Some(found) = all.get(&columns) {
            return Some(*found);
        }
        if all.len() >= MOST_STATEMENTS {
            return None;
        }
        let mut types = vec![UUID, UUID, TEXT, TEXT, UUID];
        for (_, type_id) in &columns {
            types.extend([PgOid::from(*type_id); 2]);
        }
        let names = columns.iter().map(|(name, _)| name.as_str());
        let text = String::leak(write_statement(&names.collect::<Vec<_>>()));
        let kept = &*Box::leak(Box::new(Kept::new(text, types.leak())));
        all.insert(columns, kept);
        Some(kept)
    })
}

/// The arguments from $6 on are the values of each column before and after.
fn write_statement(columns: &[&str]) -> String {
    let fields = |first: usize| {
        let fields = columns.iter().enumerate();
        let fields = fields.map(|(place, name)| {
            let name = name.replace('\'', "''");
            format!("'{name}', ${}", first + 2 * place)
        });
        format!(
            "jsonb_build_object({})",
            fields.collect::<Vec<_>>().join(", ")
        )
    };
    include_str!("sql/plain_update.sql")
        .replace("<before>", &fields(6))
        .replace("<after>", &fields(7))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn each_column_has_its_two_arguments() {
        let text = write_statement(&["current_stage", "o'clock"]);
        assert!(text.contains("jsonb_build_object('current_stage', $6, 'o''clock', $8)"));
        assert!(text.contains("jsonb_build_object('current_stage', $7, 'o''clock', $9)"));
    }
}
