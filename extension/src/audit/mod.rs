//! Owns the audit trail: one insert per statement, from its transition tables, in the transaction of the change.

use crate::fault::Fault;
use crate::identity;
use crate::row::{self, Outcome};
use crate::section::System;
use crate::settings;
use crate::sql::Kept;
use crate::transition;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::{PgBuiltInOids, PgOid, PgTrigger};
use std::cell::RefCell;
use std::collections::HashMap;

/// Columns whose values are nobody's to read: only that they changed is recorded.
const SECRETS: [&str; 4] = [
    "encrypted_password",
    "webhook_secret",
    "headers",
    "token_hash",
];
/// Columns that only repeat or count what the others say.
const NOISE: [&str; 7] = [
    "version",
    "updated_at",
    "arr",
    "contract_end_date",
    "happened_at",
    "hierarchy_level",
    "hierarchy_path",
];

/// AFTER INSERT, UPDATE, DELETE STATEMENT on what is audited, over `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_audit__record<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    row::after(|| {
        let text = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => include_str!("insert.sql"),
            Ok(PgTriggerOperation::Update) => include_str!("update.sql"),
            Ok(PgTriggerOperation::Delete) => include_str!("delete.sql"),
            _ => return Err(Fault::internal("a TRUNCATE is not audited")),
        };
        let table = trigger
            .table_name()
            .map_err(|error| Fault::internal(error.to_string()))?;
        let actor = identity::current().user;
        let client = Some(settings::text(&settings::CLIENT_ID)).filter(|it| !it.is_empty());
        let _section = System::enter();
        transition::with_tables(trigger, |connection| {
            let arguments = [
                table.as_str().into(),
                actor.into(),
                client.into(),
                SECRETS.to_vec().into(),
                NOISE.to_vec().into(),
                key_of(&table).to_vec().into(),
            ];
            transition::write(trigger, connection, kept(&table, text), &arguments, |_| {
                Ok(())
            })
            .map(drop)
        })
    })
}

const TEXT: PgOid = PgOid::BuiltIn(PgBuiltInOids::TEXTOID);
const TEXTS: PgOid = PgOid::BuiltIn(PgBuiltInOids::TEXTARRAYOID);
const UUID: PgOid = PgOid::BuiltIn(PgBuiltInOids::UUIDOID);

thread_local! {
    static KEPT: RefCell<HashMap<(String, &'static str), &'static Kept>> = RefCell::default();
}

/// The statement for a table: one each, since its plan knows the columns of the transition tables.
fn kept(table: &str, text: &'static str) -> &'static Kept {
    KEPT.with_borrow_mut(|all| {
        *all.entry((table.to_owned(), text)).or_insert_with(|| {
            let statement = Kept::new(text, &[TEXT, UUID, TEXT, TEXTS, TEXTS, TEXTS]);
            Box::leak(Box::new(statement))
        })
    })
}

/// The columns that name a row of a table within its tenant.
fn key_of(table: &str) -> &'static [&'static str] {
    match table {
        "account_members" => &["account_id", "user_id"],
        "database_logins" => &["role_name"],
        _ => &["id"],
    }
}

/// BEFORE UPDATE, DELETE, TRUNCATE STATEMENT on audit_log.
#[pg_trigger]
fn tg_audit_log__refuse<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    row::after(|| Err(Fault::forbidden("the audit log can only be added to")))
}
