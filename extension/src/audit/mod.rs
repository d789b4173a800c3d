//! Owns the audit trail: one insert per statement, from its transition tables, in the transaction of the change.

mod plain_update;

use crate::accounts::Deletion;
use crate::identity;
use crate::pg::changed_columns;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXT, TEXTS, UUID};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use std::cell::RefCell;
use std::collections::HashMap;

/// Columns whose values no one may read: only that they changed is recorded.
const SECRETS: [&str; 5] = [
    "encrypted_password",
    "webhook_secret",
    "previous_secret",
    "headers",
    "token_hash",
];
/// Columns that only repeat or count what others hold.
const NOISE: [&str; 9] = [
    "version",
    "updated_at",
    "previous_secret",
    "signing_changed_at",
    "arr",
    "contract_end_date",
    "happened_at",
    "hierarchy_level",
    "hierarchy_path",
];

/// AFTER INSERT, UPDATE, DELETE STATEMENT on every audited table, over `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_audit__record<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let noise = || NOISE.map(str::to_owned).to_vec();
        let (text, columns) = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => (
                concat!(
                    include_str!("sql/insert.sql"),
                    include_str!("sql/whole_row.sql")
                ),
                noise(),
            ),
            Ok(PgTriggerOperation::Update) => (
                include_str!("sql/update.sql"),
                changed_columns::changed_beside(trigger, &NOISE)?,
            ),
            Ok(PgTriggerOperation::Delete) => (
                concat!(
                    include_str!("sql/delete.sql"),
                    include_str!("sql/whole_row.sql")
                ),
                noise(),
            ),
            _ => return Err(Fault::internal("a TRUNCATE is not audited")),
        };
        if columns.is_empty() {
            return Ok(());
        }
        let table = trigger
            .table_name()
            .map_err(|error| Fault::internal(error.to_string()))?;
        let actor = identity::current().user;
        let client = identity::settings::client_id();
        if plain_update::record(trigger, &table, &columns, actor, client.as_deref())? {
            return Ok(());
        }
        let reason = match table.as_str() {
            "accounts" => Deletion::under_way().reason,
            _ => None,
        };
        let _section = System::enter();
        transition_tables::with_tables(trigger, |connection| {
            let arguments = [
                table.as_str().into(),
                actor.into(),
                client.into(),
                SECRETS.to_vec().into(),
                columns.into(),
                reason.into(),
            ];
            transition_tables::write(
                trigger,
                connection,
                kept_statement(&table, text),
                &arguments,
                |_| Ok(()),
            )
            .map(drop)
        })
    })
}

thread_local! {
    static STATEMENTS: RefCell<HashMap<(String, &'static str), &'static Kept>> = RefCell::default();
}

/// The statement for a table: one for each, since its plan knows the columns of the transition tables.
fn kept_statement(table: &str, text: &'static str) -> &'static Kept {
    STATEMENTS.with_borrow_mut(|all| {
        *all.entry((table.to_owned(), text)).or_insert_with(|| {
            let statement = String::leak(write_statement(table, text));
            let kept = Kept::new(statement, &[TEXT, UUID, TEXT, TEXTS, TEXTS, TEXT]);
            Box::leak(Box::new(kept))
        })
    })
}

/// The statement with what depends on the table: the columns that identify a row within its tenant, and whose row it is.
fn write_statement(table: &str, text: &str) -> String {
    let key: &[&str] = match table {
        "account_members" => &["account_id", "user_id"],
        "database_logins" | "offered_roles" => &["role_name"],
        "password_resets" => &["user_id"],
        _ => &["id"],
    };
    let owner = match table {
        "tenants" => "select it.id as tenant_id",
        // A person belongs to every tenant with a profile of theirs.
        "users" => {
            "select profile.tenant_id from cs.profiles as profile where profile.user_id = it.id"
        }
        "password_resets" => {
            "select profile.tenant_id from cs.profiles as profile where profile.user_id = it.user_id"
        }
        _ => "select it.tenant_id",
    };
    let fields = key.iter().map(|name| format!("'{name}', it.{name}"));
    let object = format!(
        "jsonb_build_object({})",
        fields.collect::<Vec<_>>().join(", ")
    );
    text.replace("<same>", &key.join(", "))
        .replace("<key>", &object)
        .replace("<owner>", owner)
}

/// BEFORE UPDATE, DELETE, TRUNCATE STATEMENT on audit_log.
#[pg_trigger]
fn tg_audit_log__refuse<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| Err(Fault::forbidden("the audit log can only be added to")))
}
