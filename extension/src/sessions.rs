//! Owns what the gateway asks: whose password to verify, and whether a session still holds. Granted to `cs_gateway` alone.

use crate::fault::{Fault, OrRaise};
use crate::section::System;
use crate::sql::{self, Row};
use pgrx::prelude::*;
use pgrx::{Uuid, iter::TableIterator};

#[pg_extern(stable)]
fn login_lookup(
    email: &str,
) -> TableIterator<
    'static,
    (
        name!(user_id, Uuid),
        name!(encrypted_password, Option<String>),
    ),
> {
    let _section = System::enter();
    let people = sql::read(
        "select id, encrypted_password from cs.users where lower(email) = lower($1) and is_active",
        &[email.into()],
        |row| Ok((row.need("id")?, row.maybe("encrypted_password")?)),
    );
    TableIterator::new(people.or_raise())
}

#[pg_extern]
fn open_session(
    user_id: Uuid,
    tenant_id: default!(Option<Uuid>, "null"),
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> Uuid {
    let _section = System::enter();
    let opened = sql::write(
        include_str!("sessions/open.sql"),
        &[user_id.into(), tenant_id.into(), expires_at.into()],
        |row| row.need("id"),
    );
    opened
        .and_then(|mut ids| {
            ids.pop()
                .ok_or_else(|| Fault::no_such("active user in that tenant"))
        })
        .or_raise()
}

#[pg_extern(stable)]
fn session_tenant(jti: Uuid) -> Option<Uuid> {
    let _section = System::enter();
    let tenants = sql::read(
        "select tenant_id from cs.sessions where id = $1",
        &[jti.into()],
        |row| row.maybe("tenant_id"),
    );
    tenants.or_raise().pop().flatten()
}

#[pg_extern(stable)]
fn check_session(jti: Uuid) {
    let _section = System::enter();
    let open = sql::read(
        include_str!("sessions/check.sql"),
        &[jti.into()],
        |_| Ok(()),
    );
    if open.or_raise().is_empty() {
        Fault::signed_out().raise();
    }
}

#[pg_extern]
fn end_session(jti: Uuid) {
    let _section = System::enter();
    sql::run(
        "update cs.sessions set ended_at = now() where id = $1 and ended_at is null",
        &[jti.into()],
    )
    .or_raise();
}
