//! Owns the definitions of a tenant's active custom fields while its accounts are written: read once per transaction.

use super::field_type::CustomFieldType;
use crate::pg::fault::Fault;
use crate::pg::sql::Kept;
use crate::pg::sql::types::UUID;
use pgrx::{JsonB, Uuid, pg_sys};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// A custom field as it is defined.
#[derive(Debug, Clone)]
pub struct CustomField {
    /// The key in `crm_attributes`.
    pub key: String,
    /// Its name for readers.
    pub label: String,
    /// Its type.
    pub kind: CustomFieldType,
    /// Whether new accounts need a value.
    pub is_required: bool,
    /// The value of a new account that is given none.
    pub default: Option<Value>,
    /// The options of a choice.
    pub options: Vec<String>,
}

/// The active fields by tenant.
type FieldsByTenant = HashMap<Uuid, Rc<Vec<CustomField>>>;

thread_local! {
    static ACTIVE: Kept = const { Kept::new(include_str!("sql/active.sql"), &[UUID]) };
    /// The fields that were read, and the transaction they were read in.
    static KNOWN: RefCell<(u64, FieldsByTenant)> = RefCell::default();
    /// The last transaction that defined fields itself: in it nothing is kept, since a part of it may be rolled back.
    static DEFINED_IN: Cell<u64> = const { Cell::new(0) };
}

/// The current transaction, which is about to write. Numbers are never used twice.
fn transaction() -> u64 {
    // SAFETY: inside a transaction that may write.
    unsafe { pg_sys::GetTopFullTransactionId().value }
}

/// Forgets what was read, because this transaction defines fields.
pub fn forget_fields() {
    DEFINED_IN.set(transaction());
    KNOWN.take();
}

/// The active fields of a tenant.
pub fn active_fields(tenant: Uuid) -> Result<Rc<Vec<CustomField>>, Fault> {
    let now = transaction();
    let found = KNOWN.with_borrow(|(read_in, known)| {
        let is_current = *read_in == now;
        is_current.then(|| known.get(&tenant).cloned()).flatten()
    });
    if let Some(fields) = found {
        return Ok(fields);
    }
    let fields = Rc::new(read(tenant)?);
    if DEFINED_IN.get() != now {
        KNOWN.with_borrow_mut(|(read_in, known)| {
            if *read_in != now {
                (*read_in, *known) = (now, FieldsByTenant::new());
            }
            known.insert(tenant, Rc::clone(&fields));
        });
    }
    Ok(fields)
}

fn read(tenant: Uuid) -> Result<Vec<CustomField>, Fault> {
    ACTIVE.with(|query| {
        query.read(&[tenant.into()], |row| {
            let kind = CustomFieldType::from_label(&row.need::<String>("type")?);
            Ok(CustomField {
                key: row.need("key")?,
                label: row.need("label")?,
                kind: kind.ok_or_else(|| Fault::internal("a custom field has no known type"))?,
                is_required: row.need("is_required")?,
                default: row.maybe::<JsonB>("default_value")?.map(|it| it.0),
                options: read_options(row.maybe::<JsonB>("options")?.as_ref().map(|it| &it.0)),
            })
        })
    })
}

/// The strings in an array of options.
pub fn read_options(given: Option<&Value>) -> Vec<String> {
    let all = given.and_then(Value::as_array).into_iter().flatten();
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}
