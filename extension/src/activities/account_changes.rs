//! Owns the history of an account's fields. It is kept in the audit log, which only a Tenant Admin may read; anyone who
//! sees an account may see what changed in it.

use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql::Kept;
use crate::pg::sql::types::{BOOL, INT, TEXT, TIME, UUID};
use pgrx::Uuid;
use pgrx::datum::{DatumWithOid, TimestampWithTimeZone};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

thread_local! {
    static CHANGES: Kept = const { Kept::new(include_str!("sql/account_changes.sql"), &[UUID, TEXT, BOOL, TIME, TEXT, INT]) };
}

type AccountChange = (
    Uuid,
    Uuid,
    TimestampWithTimeZone,
    Option<Uuid>,
    String,
    String,
);

/// `changes` is the text of `[{field, old, new}]`: if it were read as JSON here, its numbers would lose digits.
#[pg_extern(stable)]
fn account_changes(
    account_id: Option<Uuid>,
    with_arr: default!(Option<bool>, "true"),
    before: default!(Option<TimestampWithTimeZone>, "null"),
    before_key: default!(Option<&str>, "null"),
    most: default!(Option<i32>, "null"),
) -> TableIterator<
    'static,
    (
        name!(tenant_id, Uuid),
        name!(change_id, Uuid),
        name!(at, TimestampWithTimeZone),
        name!(actor_id, Option<Uuid>),
        name!(changes, String),
        name!(event_key, String),
    ),
> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    let limits = [
        (with_arr != Some(false)).into(),
        before.into(),
        before_key.into(),
        most.into(),
    ];
    TableIterator::new(
        account
            .and_then(|account| find_changes(account, limits))
            .or_raise(),
    )
}

fn find_changes(account: Uuid, limits: [DatumWithOid<'_>; 4]) -> Result<Vec<AccountChange>, Fault> {
    let tenant = require_visible_account(account)?;
    let mut arguments = vec![tenant.into(), account.to_string().into()];
    arguments.extend(limits);
    let _section = System::enter();
    CHANGES.with(|query| {
        query.read(&arguments, |row| {
            Ok((
                tenant,
                row.need("id")?,
                row.need("at")?,
                row.maybe("actor_id")?,
                row.need("changes")?,
                row.need("event_key")?,
            ))
        })
    })
}
