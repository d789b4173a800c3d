//! Owns what the gateway asks: whose password to verify, whether a session still holds, and what takes its place. Granted
//! to `cs_gateway` alone.

use crate::pg::fault::{Fault, OrRaise, given};
use crate::pg::section::System;
use crate::pg::sql::{self};
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
    user_id: Option<Uuid>,
    tenant_id: default!(Option<Uuid>, "null"),
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> Uuid {
    let _section = System::enter();
    user_id
        .ok_or_else(no_such_user)
        .and_then(|user| open(user, tenant_id, expires_at))
        .or_raise()
}

#[pg_extern]
fn renew_session(
    jti: Option<Uuid>,
    tenant_id: default!(Option<Uuid>, "null"),
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> Uuid {
    let _section = System::enter();
    take(jti)
        .and_then(|(user, tenant)| open(user, tenant_id.or(tenant), expires_at))
        .or_raise()
}

#[pg_extern(stable)]
fn session_person(
    jti: Uuid,
) -> TableIterator<
    'static,
    (
        name!(email, String),
        name!(encrypted_password, Option<String>),
    ),
> {
    let _section = System::enter();
    let people = sql::read(
        include_str!("sql/session_person.sql"),
        &[jti.into()],
        |row| Ok((row.need("email")?, row.maybe("encrypted_password")?)),
    );
    match people.or_raise() {
        people if people.is_empty() => Fault::signed_out().raise(),
        people => TableIterator::new(people),
    }
}

#[pg_extern]
fn change_password(
    jti: Option<Uuid>,
    old_hash: Option<&str>,
    new_hash: Option<&str>,
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> Uuid {
    let _section = System::enter();
    change(jti, old_hash, new_hash)
        .and_then(|(user, tenant)| open(user, tenant, expires_at))
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
    let open = sql::read(include_str!("sql/check_session.sql"), &[jti.into()], |_| {
        Ok(())
    });
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

fn open(
    user: Uuid,
    tenant: Option<Uuid>,
    expires_at: Option<TimestampWithTimeZone>,
) -> Result<Uuid, Fault> {
    let opened = sql::write_first(
        include_str!("sql/open_session.sql"),
        &[user.into(), tenant.into(), expires_at.into()],
        |row| row.need("id"),
    )?;
    opened.ok_or_else(no_such_user)
}

fn no_such_user() -> Fault {
    Fault::no_such("active user in that tenant")
}

/// Ends an open session, and says whose it was and where.
fn take(jti: Option<Uuid>) -> Result<(Uuid, Option<Uuid>), Fault> {
    let taken = sql::write_first(include_str!("sql/take_session.sql"), &[jti.into()], |row| {
        Ok((row.need("user_id")?, row.maybe("tenant_id")?))
    })?;
    taken.ok_or_else(Fault::signed_out)
}

/// A new password in place of the one that was verified, and the end of all sessions that the old one opened.
fn change(
    jti: Option<Uuid>,
    old_hash: Option<&str>,
    new_hash: Option<&str>,
) -> Result<(Uuid, Option<Uuid>), Fault> {
    let old_hash = given("old_hash", old_hash)?;
    let new_hash = super::password_hash(given("new_hash", new_hash)?)?;
    let (user, tenant) = take(jti)?;
    let changed = sql::write(
        "update cs.users set encrypted_password = $3, password_changed_at = now()
         where id = $1 and encrypted_password = $2 returning id",
        &[user.into(), old_hash.into(), new_hash.into()],
        |_| Ok(()),
    )?;
    if changed.is_empty() {
        let now = serde_json::Value::Null;
        return Err(Fault::changed(
            "the password has been changed meanwhile",
            now,
        ));
    }
    sql::run(
        "update cs.sessions set ended_at = now() where user_id = $1 and ended_at is null",
        &[user.into()],
    )?;
    Ok((user, tenant))
}
