//! Owns the people at a customer. Runs with the caller's rights: anyone who sees the account sees them, anyone who may
//! edit it may edit them.

use crate::accounts::{is_merging, lock_accounts};
use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::people::email;
use crate::pg::document::{self, Key, Kind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::prelude::*;
use pgrx::{JsonB, PgTrigger, Uuid};
use serde_json::{Map, Value};

const KEYS: &[Key] = &[
    ("full_name", Kind::Text, false),
    ("email", Kind::Text, true),
    ("phone", Kind::Text, true),
    ("title", Kind::Text, true),
    ("is_primary", Kind::Flag, false),
    ("notes", Kind::Text, true),
];

/// BEFORE INSERT OR UPDATE on contacts.
#[pg_trigger]
fn tg_contacts__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, check_contact)
}

fn check_contact(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    if old.is_some() && is_merging() {
        return Ok(());
    }
    new.clean_name("full_name", "a contact needs a name")?;
    if let Some(address) = new.get("email")? {
        new.set("email", Some(&email(&address)?))?;
    }
    let Some(old) = old else { return Ok(()) };
    new.keep(old, &["tenant_id", "id", "account_id"], "a contact")?;
    new.set("updated_at", Some("now"))
}

#[pg_extern]
fn save_contact(account_id: Option<Uuid>, contact: Option<JsonText>) -> JsonB {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    account
        .and_then(|account| add_or_change(account, contact.and_then(|it| it.read())))
        .or_raise()
}

#[pg_extern]
fn delete_contact(contact_id: Option<Uuid>) {
    let _pinned = Pinned::enter();
    remove(contact_id).or_raise();
}

fn add_or_change(account: Uuid, contact: Option<Value>) -> Result<JsonB, Fault> {
    let tenant = require_visible_account(account)?;
    identity::require(Action::AccountEdit, tenant)?;
    let contact = document::object("contact", contact, KEYS)?;
    let id = match document::id_of(&contact) {
        None => find_by_address(tenant, account, &contact)?,
        id => id,
    };
    if id.is_none() && !contact.contains_key("full_name") {
        return Err(Fault::invalid("full_name", "a contact needs a name"));
    }
    if contact.get("is_primary") == Some(&Value::Bool(true)) {
        clear_primary(tenant, account, id.as_deref())?;
    }
    write_contact(tenant, account, contact, id)
}

/// Who has this address at the account already is the same person. The account is locked, so that of two calls the second finds whom
/// the first made.
fn find_by_address(
    tenant: Uuid,
    account: Uuid,
    contact: &Map<String, Value>,
) -> Result<Option<String>, Fault> {
    let Some(Value::String(address)) = contact.get("email") else {
        return Ok(None);
    };
    let address = email(address)?;
    lock_accounts(tenant, &[account])?;
    sql::write_first(
        "select id::text from cs.contacts
         where tenant_id = $1 and account_id = $2 and email = $3 order by created_at, id limit 1",
        &[tenant.into(), account.into(), address.into()],
        |row| row.need::<String>("id"),
    )
}

/// Makes room for another primary contact. The account is locked, so that two sessions do this one after the other.
fn clear_primary(tenant: Uuid, account: Uuid, except: Option<&str>) -> Result<(), Fault> {
    lock_accounts(tenant, &[account])?;
    sql::run(
        "update cs.contacts set is_primary = false
         where tenant_id = $1 and account_id = $2 and is_primary and id::text is distinct from $3",
        &[tenant.into(), account.into(), except.into()],
    )
}

fn write_contact(
    tenant: Uuid,
    account: Uuid,
    contact: Map<String, Value>,
    id: Option<String>,
) -> Result<JsonB, Fault> {
    let statement = match id {
        None => include_str!("sql/add_contact.sql"),
        Some(_) => include_str!("sql/change_contact.sql"),
    };
    let contact = JsonB(Value::Object(contact));
    let written = sql::write_first(
        statement,
        &[tenant.into(), account.into(), contact.into(), id.into()],
        |row| row.need::<JsonB>("it"),
    )?;
    written.ok_or_else(|| Fault::no_such("contact"))
}

fn remove(contact: Option<Uuid>) -> Result<(), Fault> {
    let tenant = sql::first(
        "select tenant_id from cs.contacts where id = $1",
        &[contact.into()],
        |row| row.need::<Uuid>("tenant_id"),
    )?;
    let tenant = tenant.ok_or_else(|| Fault::no_such("contact"))?;
    identity::require(Action::AccountEdit, tenant)?;
    let _section = System::enter();
    sql::run(
        "delete from cs.contacts where tenant_id = $1 and id = $2",
        &[tenant.into(), contact.into()],
    )
}
